/** What a user cost by day. Pure. */
import type { DailyMetricsDto } from '@xtrace/contract'
import type { Interval } from '#search/time-range.ts'

const DAY_MS = 86_400_000

export interface DailyCost {
  /** The beginnings of the days, UTC. */
  readonly times: readonly number[]
  readonly values: readonly number[]
  readonly interval: Interval
}

/** Every day of the interval, those without a trace at nothing; whole days, as that is how they are counted. */
export function dailyCost(days: DailyMetricsDto['data'], { fromMs, toMs }: Interval): DailyCost {
  const first = Math.floor(fromMs / DAY_MS) * DAY_MS
  const count = Math.max(1, Math.ceil((toMs - first) / DAY_MS))
  const costs = new Map(days.map(({ date, totalCost }) => [Date.parse(date), totalCost]))
  const times = Array.from({ length: count }, (_, day) => first + day * DAY_MS)
  return {
    times,
    values: times.map((time) => costs.get(time) ?? 0),
    interval: { fromMs: first, toMs: first + count * DAY_MS },
  }
}
