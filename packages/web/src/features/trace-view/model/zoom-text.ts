import type { TimeRange } from '#lib/trace/time-scale.ts'

/** `a..b` in ms from the start of the trace; undefined for what is none. */
export function parseZoom(text: string | undefined): TimeRange | undefined {
  const [from, to] = (text ?? '').split('..').map(Number)
  return from !== undefined && to !== undefined && from < to ? { fromMs: from, toMs: to } : undefined
}

/** The other way round, to a thousandth of a ms. */
export const printZoom = (range: TimeRange | undefined, originMs: number): string | undefined =>
  range && `${rounded(range.fromMs - originMs)}..${rounded(range.toMs - originMs)}`

const rounded = (ms: number): number => Number(ms.toFixed(3))
