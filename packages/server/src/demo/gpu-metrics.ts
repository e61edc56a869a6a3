import type { Random } from './random.ts'
import type { DemoRequest } from './scenario.ts'

const NODES = ['gpu-a', 'gpu-b', 'gpu-c', 'gpu-d']
const STEP_MS = 30_000
const POINTS_A_REQUEST = 2000

/** How full the machines are that serve the models: four nodes, three metrics, every half minute from `fromMs` to `toMs`. */
export function* gpuMetrics(random: Random, fromMs: number, toMs: number): Generator<DemoRequest> {
  let metrics: object[] = []
  for (let at = fromMs; at < toMs; at += STEP_MS) {
    for (const [index, node] of NODES.entries()) metrics.push(...pointsOf(random, node, { index, at }))
    if (metrics.length >= POINTS_A_REQUEST) {
      yield { to: 'metrics', body: { metrics }, observations: 0 }
      metrics = []
    }
  }
  if (metrics.length > 0) yield { to: 'metrics', body: { metrics }, observations: 0 }
}

function pointsOf(random: Random, node: string, { index, at }: { index: number; at: number }): object[] {
  const labels = { node_id: node, model_uid: index < 2 ? 'llama-3.3-70b' : 'qwen3-32b' }
  const day = Math.sin((at / 86_400_000) * 2 * Math.PI - 1.5) * 0.25 + 0.5
  const busy = Math.min(1, Math.max(0, day + index * 0.05 + (random.fraction() - 0.5) * 0.2))
  const timestamp = new Date(at).toISOString()
  const point = (name: string, value: number) => ({ name, labels, value: Math.round(value * 1000) / 1000, timestamp })
  return [
    point('gpu_utilization', busy * 100),
    point('kv_cache_usage', Math.min(1, busy * 0.9 + (random.chance(0.01) ? 0.3 : 0))),
    point('queue_depth', Math.max(0, Math.round((busy - 0.6) * 40 * random.fraction()))),
  ]
}
