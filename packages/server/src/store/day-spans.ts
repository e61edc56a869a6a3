/** Days as whole numbers since the epoch, and spans of them; both ends of a span may be open. */
import type { Nanos } from '#domain/time.ts'

const NS_PER_DAY = 86_400_000_000_000n

/** `[from, to)`; undefined at an end that is open. */
export interface TimeSpan {
  readonly from: Nanos | undefined
  readonly to: Nanos | undefined
}

/** `[from, to)` in days since the epoch; ±Infinity at an end that is open. */
export interface DaySpan {
  readonly from: number
  readonly to: number
}

const floorDay = (time: Nanos): number => {
  const day = time / NS_PER_DAY
  return Number(day * NS_PER_DAY > time ? day - 1n : day)
}
const ceilDay = (time: Nanos): number => -floorDay(-time)
const startOf = (day: number): Nanos => BigInt(day) * NS_PER_DAY

/** The whole days of a span of time, and what is left of it at either end. */
export function wholeDays({ from, to }: TimeSpan): { readonly whole: DaySpan | undefined; readonly edges: TimeSpan[] } {
  const whole = {
    from: from === undefined ? Number.NEGATIVE_INFINITY : ceilDay(from),
    to: to === undefined ? Number.POSITIVE_INFINITY : floorDay(to),
  }
  if (whole.from >= whole.to) return { whole: undefined, edges: [{ from, to }] }
  const edges = [
    { from, to: from === undefined ? from : startOf(whole.from) },
    { from: to === undefined ? to : startOf(whole.to), to },
  ]
  return { whole, edges: edges.filter((edge) => edge.from !== edge.to) }
}

/** The time that lies in both. */
export function overlap(one: TimeSpan, other: TimeSpan): TimeSpan {
  const from = one.from === undefined || (other.from !== undefined && other.from > one.from) ? other.from : one.from
  const to = one.to === undefined || (other.to !== undefined && other.to < one.to) ? other.to : one.to
  return { from, to }
}

export const timeOf = ({ from, to }: DaySpan): TimeSpan => ({
  from: Number.isFinite(from) ? startOf(from) : undefined,
  to: Number.isFinite(to) ? startOf(to) : undefined,
})

export const isWithin = (day: number, spans: readonly DaySpan[]): boolean =>
  spans.some(({ from, to }) => day >= from && day < to)

/** What of the spans lies in none of the others. */
export function without(spans: readonly DaySpan[], others: readonly DaySpan[]): DaySpan[] {
  return others.reduce<DaySpan[]>(
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

/** The same days in the fewest spans. */
export function joined(spans: readonly DaySpan[]): DaySpan[] {
  const result: DaySpan[] = []
  for (const span of [...spans].sort((a, b) => (a.from < b.from ? -1 : 1))) {
    const last = result.at(-1)
    if (last && span.from <= last.to) result[result.length - 1] = { from: last.from, to: Math.max(last.to, span.to) }
    else result.push(span)
  }
  return result
}
