import type { MetricSeriesDto } from '@xtrace/contract'
import { type LaneLine, laneLine } from '#lib/metrics/lane.ts'

/** What the server answered as lines, over time since `originMs`. A bucket of `stepMs` is drawn in its middle. */
export function laneLines(
  { data }: Pick<MetricSeriesDto, 'data'>,
  { originMs, stepMs }: { readonly originMs: number; readonly stepMs: number },
): LaneLine[] {
  return data.map(({ labels, values }) => {
    const points = values.map(({ timestamp, value }) => ({ ms: Date.parse(timestamp) + stepMs / 2 - originMs, value }))
    return laneLine(labelOf(labels, sharedKeys(data)), points, stepMs)
  })
}

type Labels = MetricSeriesDto['data'][number]['labels']

/** Keys whose value is the same everywhere tell nothing apart. */
function sharedKeys(data: MetricSeriesDto['data']): ReadonlySet<string> {
  if (data.length < 2) return new Set()
  const [first] = data
  const keys = Object.keys(first?.labels ?? {})
  return new Set(keys.filter((key) => data.every(({ labels }) => labels[key] === first?.labels[key])))
}

/** `gpu-a`, or `gpu-a llama` where several labels tell lines apart. */
const labelOf = (labels: Labels, shared: ReadonlySet<string>): string =>
  Object.keys(labels)
    .toSorted()
    .filter((key) => !shared.has(key))
    .map((key) => labels[key] ?? `no ${key}`)
    .join(' ')
