import { figure } from './lib/statistics.ts'

/** The aims, in one place; a bench names the one that a figure answers to. Times in ms, sizes in MB. */
interface Aim {
  readonly atMost?: number
  readonly atLeast?: number
  readonly unit: string
}

const AIMS = {
  'ingest.1k.ofEngine': { atLeast: 0.5, unit: '× engine' },
  'ingest.12k.ofEngine': { atLeast: 0.7, unit: '× engine' },
  'ingest.1k.stored': { atLeast: 20_000, unit: '/s' },
  'freshness.idle.p50': { atMost: 60, unit: 'ms' },
  'freshness.idle.p99': { atMost: 150, unit: 'ms' },
  'freshness.loaded.p99': { atMost: 1000, unit: 'ms' },
  'freshness.missing': { atMost: 0, unit: 'reads' },
  'query.1m.list': { atMost: 30, unit: 'ms p50' },
  'query.1m.trace': { atMost: 25, unit: 'ms p50' },
  'query.1m.daily': { atMost: 150, unit: 'ms p50' },
  'query.10m.list': { atMost: 60, unit: 'ms p95' },
  'query.10m.trace': { atMost: 60, unit: 'ms p95' },
  'query.10m.week': { atMost: 250, unit: 'ms p95' },
  'query.growth': { atMost: 2, unit: '×' },
  'footprint.ready': { atMost: 2000, unit: 'ms' },
  'footprint.idleMemory': { atMost: 350, unit: 'MB' },
  'footprint.idleCpu': { atMost: 1, unit: '% of a core' },
  'footprint.peakMemory': { atMost: 1024, unit: 'MB' },
  'soak.residentSlope': { atMost: 50, unit: 'MB an hour' },
  'soak.heapSlope': { atMost: 20, unit: 'MB an hour' },
  'soak.latencyGrowth': { atMost: 1.5, unit: '× the first quarter' },
  'soak.parts': { atMost: 300, unit: 'parts' },
  'soak.diskGrowth': { atMost: 1.2, unit: '× the first quarter' },
  'soak.none': { atMost: 0, unit: 'of them' },
  'caller.p99': { atMost: 20, unit: 'ms' },
  'ui.script.signIn': { atMost: 125, unit: 'kB' },
  'ui.script.list': { atMost: 250, unit: 'kB' },
  'ui.script.trace': { atMost: 70, unit: 'kB more' },
  'ui.script.charts': { atMost: 30, unit: 'kB more' },
  'ui.script.markdown': { atMost: 52, unit: 'kB more' },
  'ui.script.graph': { atMost: 22, unit: 'kB more' },
  'ui.script.settings': { atMost: 40, unit: 'kB more' },
  'ui.style': { atMost: 25, unit: 'kB' },
  'ui.list.cold': { atMost: 500, unit: 'ms' },
  'ui.list.warm': { atMost: 150, unit: 'ms' },
  'ui.list.filter': { atMost: 250, unit: 'ms' },
  'ui.open.small': { atMost: 200, unit: 'ms' },
  'ui.open.large': { atMost: 1000, unit: 'ms' },
  'ui.longTask': { atMost: 100, unit: 'ms' },
  'ui.keys.p75': { atMost: 50, unit: 'ms' },
  'ui.keys.max': { atMost: 150, unit: 'ms' },
  'ui.frame.p50': { atMost: 1000 / 58, unit: 'ms' },
  'ui.frame.p95': { atMost: 20, unit: 'ms' },
  'ui.elements': { atMost: 3000, unit: 'elements' },
  'ui.heap.list': { atMost: 60, unit: 'MB' },
  'ui.heap.trace': { atMost: 150, unit: 'MB' },
  'ui.heap.left': { atMost: 1.1, unit: '× before' },
  'ui.live.growth': { atMost: 20, unit: 'MB' },
  'ui.shift': { atMost: 0.02, unit: '' },
  'peers.rust.otlp1k': { atLeast: 4, unit: '× Rust xtrace' },
  'peers.rust.otlp12k': { atLeast: 3, unit: '× Rust xtrace' },
  'peers.rust.native': { atLeast: 1.5, unit: '× Rust xtrace' },
} as const satisfies Readonly<Record<string, Aim>>

export type AimName = keyof typeof AIMS

/** `met` or `missed`, with the aim; `–` for a figure without one. */
export function verdict(name: AimName | undefined, value: number): string {
  if (name === undefined || !Number.isFinite(value)) return '–'
  const { atMost, atLeast, unit }: Aim = AIMS[name]
  const isMet = value <= (atMost ?? Number.POSITIVE_INFINITY) && value >= (atLeast ?? Number.NEGATIVE_INFINITY)
  const aim = atMost === undefined ? `≥ ${atLeast}` : `≤ ${figure(atMost)}`
  return `${isMet ? 'met' : '**missed**'} (${`${aim} ${unit}`.trim()})`
}
