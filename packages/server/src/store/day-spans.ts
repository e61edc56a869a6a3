/**
 * Time in units of one width, each a whole number since the epoch, and spans of it; both ends of a span may be
 * open.
 */
import type { Nanos } from '#domain/time.ts'

export const MINUTE_NS = 60_000_000_000n
export const HOUR_NS = 60n * MINUTE_NS
export const DAY_NS = 24n * HOUR_NS

/** `[from, to)`; undefined at an end that is open. */
export interface TimeSpan {
  readonly from: Nanos | undefined
  readonly to: Nanos | undefined
}

/** `[from, to)` in units since the epoch; ±Infinity at an end that is open. */
export interface UnitSpan {
  readonly from: number
  readonly to: number
}

export const floorUnit = (time: Nanos, width: bigint): number => {
  const unit = time / width
  return Number(unit * width > time ? unit - 1n : unit)
}
const ceil = (time: Nanos, width: bigint): number => -floorUnit(-time, width)
const startOf = (unit: number, width: bigint): Nanos => BigInt(unit) * width

/** The whole units of a span of time, and what is left of it at either end. */
export function wholeUnits(
  { from, to }: TimeSpan,
  width: bigint,
): { readonly whole: UnitSpan | undefined; readonly edges: TimeSpan[] } {
  const whole = {
    from: from === undefined ? Number.NEGATIVE_INFINITY : ceil(from, width),
    to: to === undefined ? Number.POSITIVE_INFINITY : floorUnit(to, width),
  }
  if (whole.from >= whole.to) return { whole: undefined, edges: [{ from, to }] }
  const edges = [
    { from, to: from === undefined ? from : startOf(whole.from, width) },
    { from: to === undefined ? to : startOf(whole.to, width), to },
  ]
  return { whole, edges: edges.filter((edge) => edge.from !== edge.to) }
}

/** The time that lies in both. */
export function overlap(one: TimeSpan, other: TimeSpan): TimeSpan {
  const from = one.from === undefined || (other.from !== undefined && other.from > one.from) ? other.from : one.from
  const to = one.to === undefined || (other.to !== undefined && other.to < one.to) ? other.to : one.to
  return { from, to }
}

export const timeOf = ({ from, to }: UnitSpan, width: bigint): TimeSpan => ({
  from: Number.isFinite(from) ? startOf(from, width) : undefined,
  to: Number.isFinite(to) ? startOf(to, width) : undefined,
})

export const oneUnit = (unit: number): UnitSpan => ({ from: unit, to: unit + 1 })

export const isWithin = (unit: number, spans: readonly UnitSpan[]): boolean =>
  spans.some(({ from, to }) => unit >= from && unit < to)

/** What of the spans lies in none of the others. */
export function without(spans: readonly UnitSpan[], others: readonly UnitSpan[]): UnitSpan[] {
  return others.reduce<UnitSpan[]>(
    (left, other) =>
      left.flatMap(({ from, to }) =>
        [
          { from, to: Math.min(to, other.from) },
          { from: Math.max(from, other.to), to },
        ].filter((piece) => piece.from < piece.to),
      ),
    [...spans],
  )
}

/** The same units in the fewest spans. */
export function joined(spans: readonly UnitSpan[]): UnitSpan[] {
  const result: UnitSpan[] = []
  for (const span of [...spans].sort((a, b) => (a.from < b.from ? -1 : 1))) {
    const last = result.at(-1)
    if (last && span.from <= last.to) result[result.length - 1] = { from: last.from, to: Math.max(last.to, span.to) }
    else result.push(span)
  }
  return result
}
