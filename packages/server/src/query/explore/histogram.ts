import { AppError } from '#domain/errors.ts'
import { msFromNanos } from '#domain/time.ts'
import { CLOCK_SLACK_NS } from '#query/clock-slack.ts'
import { ask, ofProject, type Reader } from '#query/reader.ts'
import { numberOf } from '#store/rows/cells.ts'
import { i64, instant, type Sql, sql } from '#store/sql.ts'
import { type Budget, hurried } from './budget.ts'
import { EXPLORED_VIEWS, type ExploredRows, type ExploredView, exploredSql } from './explored-view.ts'
import { goBack } from './go-back.ts'

export interface HistogramQuestion extends ExploredRows {
  readonly view: ExploredView
  /** Past it the count is estimated; without it, it is exact or fails. */
  readonly budget?: Budget
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
  /** Of the newest rows that could be counted in time. */
  readonly isEstimated: boolean
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

/** How many rows fulfil the filters in each part of a span of time, and in all; estimated past the budget, if there is one. */
export async function findHistogram(reader: Reader, question: HistogramQuestion): Promise<Histogram> {
  const { budget } = question
  if (!budget) return exact(question, await findBars(reader, question))
  try {
    return exact(question, await findBars(hurried(reader, budget.leftMs()), question))
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'query_too_heavy') throw error
    return await estimate(reader, { ...question, budget })
  }
}

const widthOf = ({ from, to }: HistogramQuestion): number => stepOf(Number(to - from) / 1e6)
const countOf = (bars: readonly HistogramBar[]): number => bars.reduce((sum, { count }) => sum + count, 0)
const errorsOf = (bars: readonly HistogramBar[]): number => bars.reduce((sum, { errors }) => sum + errors, 0)

function exact(question: HistogramQuestion, bars: readonly HistogramBar[]): Histogram {
  return { stepMs: widthOf(question), bars, total: countOf(bars), isEstimated: false }
}

async function findBars(
  reader: Reader,
  question: HistogramQuestion,
  span: Pick<ExploredRows, 'from' | 'to'> = question,
): Promise<HistogramBar[]> {
  const { view, filters } = question
  const isError = view === 'observations' ? sql`level = 'ERROR'` : traceHasError(reader, span)
  const table = sql`${EXPLORED_VIEWS[view].table} FINAL`
  const { from, to } = span
  return await askBars(reader, { view, filters, from, to, stepMs: widthOf(question), table, isError })
}

interface BarsQuestion extends HistogramQuestion {
  readonly stepMs: number
  readonly table: Sql
  readonly isError: Sql
}

async function askBars(reader: Reader, { stepMs, table, isError, ...question }: BarsQuestion): Promise<HistogramBar[]> {
  const { view } = question
  const { time } = EXPLORED_VIEWS[view]
  const rows = await ask(
    reader,
    sql`SELECT intDiv(toUnixTimestamp64Milli(${time}), ${i64(stepMs)}) * ${i64(stepMs)} AS start, count() AS rows, countIf(${isError}) AS errors FROM ${table} WHERE ${exploredSql(reader, view, question)} GROUP BY start ORDER BY start`,
  )
  return rows.map((row) => ({
    startMs: numberOf(row, 'start'),
    count: numberOf(row, 'rows'),
    errors: numberOf(row, 'errors'),
  }))
}

/** Counts the newest rows as far as the budget goes; older ones match as often as those did, of all that there are. */
async function estimate(reader: Reader, question: HistogramQuestion & { readonly budget: Budget }): Promise<Histogram> {
  const { from, to, budget, view } = question
  const stepMs = widthOf(question)
  const rows = { ...question, filters: [], stepMs, table: EXPLORED_VIEWS[view].table, isError: sql`0` }
  const all = await askBars(reader, rows)
  const counted = new Map<number, HistogramBar>()
  const scannedTo = await goBack({
    start: to,
    from,
    budget,
    look: async (step, maxMs) => {
      const bars = await findBars(hurried(reader, maxMs), question, { from: step.from, to: step.to ?? to })
      for (const bar of bars) counted.set(bar.startMs, sumOf(bar, counted.get(bar.startMs)))
      return false
    },
  })
  const found = [...counted.values()].toSorted((a, b) => a.startMs - b.startMs)
  if (scannedTo === undefined) return exact(question, found)
  const seen = await askBars(reader, { ...rows, from: scannedTo })
  const share = (part: number) => part / Math.max(1, countOf(seen))
  const [matching, failing] = [share(countOf(found)), share(errorsOf(found))]
  const isSure = ({ startMs }: HistogramBar) => startMs >= msFromNanos(scannedTo)
  const rest = all.filter((bar) => !isSure(bar)).map((bar) => unseenOf(bar, seen))
  return {
    stepMs,
    bars: [
      ...rest.map(({ startMs, count }) =>
        sumOf(scaled(startMs, count * matching, count * failing), counted.get(startMs)),
      ),
      ...found.filter(isSure),
    ],
    total: countOf(found) + Math.round(countOf(rest) * matching),
    isEstimated: true,
  }
}

/** What is left of a bar behind the rows that were seen: those may end within it. */
function unseenOf(bar: HistogramBar, seen: readonly HistogramBar[]): HistogramBar {
  const { count = 0 } = seen.find(({ startMs }) => startMs === bar.startMs) ?? {}
  return { ...bar, count: Math.max(0, bar.count - count) }
}

const scaled = (startMs: number, count: number, errors: number): HistogramBar => ({
  startMs,
  count: Math.round(count),
  errors: Math.round(errors),
})

/** A step may end within a bar. */
const sumOf = (bar: HistogramBar, other: HistogramBar | undefined): HistogramBar =>
  other ? { ...bar, count: bar.count + other.count, errors: bar.errors + other.errors } : bar

function traceHasError(reader: Reader, { from }: Pick<ExploredRows, 'from'>): Sql {
  return sql`id IN (SELECT trace_id FROM observations FINAL WHERE ${ofProject(reader.projectId)} AND level = 'ERROR' AND start_time >= ${instant(from - CLOCK_SLACK_NS)})`
}
