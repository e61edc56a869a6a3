/** Buckets of time, UTC: minutes, hours, days, weeks from Monday, months. */
import { msFromNanos, type Nanos } from '#domain/time.ts'
import { HOUR_NS } from '#store/day-spans.ts'
import { type Sql, sql } from '#store/sql.ts'
import type { Granularity, MetricsQuestion } from './question.ts'

/** The granularity of `auto`, by the length of the time asked for (public-api contract §12.1). */
export function granularityOf({ granularity, from, to }: Pick<MetricsQuestion, 'granularity' | 'from' | 'to'>) {
  return granularity === 'auto' ? autoGranularity(to - from) : granularity
}

function autoGranularity(span: Nanos): Granularity {
  if (span < 2n * HOUR_NS) return 'minute'
  if (span < 72n * HOUR_NS) return 'hour'
  if (span < 1440n * HOUR_NS) return 'day'
  return span < 8760n * HOUR_NS ? 'week' : 'month'
}

/** The start of the bucket that an instant lies in, in the text of `bucketText`. */
export function bucketSql(granularity: Granularity, time: Sql): Sql {
  switch (granularity) {
    case 'minute':
      return sql`formatDateTime(toStartOfMinute(${time}), '%Y-%m-%dT%H:%i:00Z')`
    case 'hour':
      return sql`formatDateTime(toStartOfHour(${time}), '%Y-%m-%dT%H:00:00Z')`
    case 'day':
      return sql`toString(toDate(${time}))`
    case 'week':
      return sql`toString(toMonday(${time}))`
    case 'month':
      return sql`toString(toStartOfMonth(${time}))`
  }
}

/** `2026-01-02T03:04:00Z` for minutes and hours, `2026-01-02` for all that is longer: sorted as text it is sorted by time. */
function bucketText(granularity: Granularity, start: Date): string {
  const iso = start.toISOString()
  return granularity === 'minute' || granularity === 'hour' ? `${iso.slice(0, 19)}Z` : iso.slice(0, 10)
}

/**
 * All buckets with an instant in [from, to), oldest first; undefined when there are more than `max`.
 * A bucket that only begins at `to` is left out: nothing but that one instant of it was asked for.
 */
export function bucketsWithin(
  granularity: Granularity,
  { from, to }: Pick<MetricsQuestion, 'from' | 'to'>,
  max: number,
): string[] | undefined {
  const end = msFromNanos(to)
  const buckets: string[] = []
  for (let start = startOf(granularity, msFromNanos(from)); start < end; start = next(granularity, start)) {
    if (buckets.length === max) return undefined
    buckets.push(bucketText(granularity, new Date(start)))
  }
  return buckets
}

const MS = { minute: 60_000, hour: 3_600_000, day: 86_400_000, week: 604_800_000 } as const

/** The epoch was a Thursday. */
const FIRST_MONDAY_MS = 4 * MS.day

function startOf(granularity: Granularity, ms: number): number {
  if (granularity === 'month') return Date.UTC(new Date(ms).getUTCFullYear(), new Date(ms).getUTCMonth())
  const origin = granularity === 'week' ? FIRST_MONDAY_MS : 0
  return Math.floor((ms - origin) / MS[granularity]) * MS[granularity] + origin
}

function next(granularity: Granularity, start: number): number {
  if (granularity !== 'month') return start + MS[granularity]
  return Date.UTC(new Date(start).getUTCFullYear(), new Date(start).getUTCMonth() + 1)
}
