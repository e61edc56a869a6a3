import { CLOCK_SLACK_NS } from '#query/clock-slack.ts'
import { ask, ofProject, type Reader } from '#query/reader.ts'
import { numberOf } from '#store/rows/cells.ts'
import { i64, instant, type Sql, sql } from '#store/sql.ts'
import { EXPLORED_VIEWS, type ExploredRows, type ExploredView, exploredSql } from './explored-view.ts'

export interface HistogramQuestion extends ExploredRows {
  readonly view: ExploredView
}

export interface HistogramBar {
  /** Start, milliseconds since the epoch. */
  readonly startMs: number
  readonly count: number
  /** Of `count`, those with an observation of level ERROR. */
  readonly errors: number
}

export interface Histogram {
  readonly stepMs: number
  /** Oldest first; bars of nothing are left out. */
  readonly bars: readonly HistogramBar[]
  readonly total: number
}

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const STEPS = [
  ...[1, 2, 5, 10, 30].map((seconds) => seconds * SECOND),
  ...[1, 2, 5, 10, 30].map((minutes) => minutes * MINUTE),
  ...[1, 3, 6, 12].map((hours) => hours * HOUR),
  ...[1, 7, 30, 90, 365].map((days) => days * DAY),
]
const MAX_BARS = 80

/** The width of a bar, so that a span of time has at most `MAX_BARS` of them. */
export function stepOf(spanMs: number): number {
  return STEPS.find((step) => spanMs / step <= MAX_BARS) ?? 10 * 365 * DAY
}

/** How many rows fulfil the filters in each part of a span of time, and in all. */
export async function findHistogram(reader: Reader, question: HistogramQuestion): Promise<Histogram> {
  const { view, from, to } = question
  const { table, time } = EXPLORED_VIEWS[view]
  const stepMs = stepOf(Number(to - from) / 1e6)
  const isError = view === 'observations' ? sql`level = 'ERROR'` : traceHasError(reader, question)
  const rows = await ask(
    reader,
    sql`SELECT intDiv(toUnixTimestamp64Milli(${time}), ${i64(stepMs)}) * ${i64(stepMs)} AS start, count() AS rows, countIf(${isError}) AS errors FROM ${table} FINAL WHERE ${exploredSql(reader, view, question)} GROUP BY start ORDER BY start`,
  )
  const bars = rows.map((row) => ({
    startMs: numberOf(row, 'start'),
    count: numberOf(row, 'rows'),
    errors: numberOf(row, 'errors'),
  }))
  return { stepMs, bars, total: bars.reduce((sum, { count }) => sum + count, 0) }
}

function traceHasError(reader: Reader, { from }: HistogramQuestion): Sql {
  return sql`id IN (SELECT trace_id FROM observations FINAL WHERE ${ofProject(reader.projectId)} AND level = 'ERROR' AND start_time >= ${instant(from - CLOCK_SLACK_NS)})`
}
