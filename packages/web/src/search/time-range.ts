/**
 * The time range of a page: `24h` is the last 24 hours and rolls on, `from..to` (ISO instants, either end open) stays.
 */
export type TimeRange =
  | { readonly kind: 'rolling'; readonly ms: number; readonly text: string }
  | { readonly kind: 'fixed'; readonly fromMs: number; readonly toMs: number; readonly text: string }

export interface Interval {
  readonly fromMs: number
  readonly toMs: number
}

const UNITS: Record<string, number> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 }
const ROLLING = /^(\d{1,4})([smhdw])$/

export const DEFAULT_RANGE = '24h'
/** What the picker offers. */
export const ROLLING_RANGES = ['15m', '1h', '6h', '24h', '3d', '7d', '14d', '30d', '90d'] as const

/** Undefined for text that is no range, or a range that ends before it begins. */
export function parseTimeRange(text: string): TimeRange | undefined {
  const [, count, unit = ''] = ROLLING.exec(text) ?? []
  const unitMs = UNITS[unit]
  if (count !== undefined && unitMs !== undefined) {
    const ms = Number(count) * unitMs
    return ms > 0 ? { kind: 'rolling', ms, text } : undefined
  }
  const [from, to, ...rest] = text.split('..')
  if (from === undefined || to === undefined || rest.length > 0) return undefined
  const [fromMs, toMs] = [Date.parse(from), Date.parse(to)]
  return fromMs < toMs ? { kind: 'fixed', fromMs, toMs, text } : undefined
}

export const fixedRange = ({ fromMs, toMs }: Interval): string =>
  `${new Date(fromMs).toISOString()}..${new Date(toMs).toISOString()}`

/** The range as instants; a rolling one ends at `nowMs`. Text that is no range counts as the default. */
export function intervalOf(text: string | undefined, nowMs: number): Interval {
  const range = parseTimeRange(text ?? DEFAULT_RANGE) ?? { kind: 'rolling', ms: 86_400_000 }
  return range.kind === 'fixed' ? { fromMs: range.fromMs, toMs: range.toMs } : { fromMs: nowMs - range.ms, toMs: nowMs }
}

/** As long, and ending at `toMs`; one that ends later stands still. */
export function rolledOn(interval: Interval, toMs: number): Interval {
  const byMs = toMs - interval.toMs
  return byMs <= 0 ? interval : { fromMs: interval.fromMs + byMs, toMs }
}

const UNIT_NAMES: Record<string, string> = { s: 'seconds', m: 'minutes', h: 'hours', d: 'days', w: 'weeks' }

/** `Last 24 hours`. */
export function rollingLabel(text: string): string {
  const [, count = '', unit = ''] = ROLLING.exec(text) ?? []
  const name = UNIT_NAMES[unit] ?? ''
  return count === '1' ? `Last ${name.slice(0, -1)}` : `Last ${count} ${name}`
}
