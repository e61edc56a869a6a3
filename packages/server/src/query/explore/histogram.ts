import { AppError } from '#domain/errors.ts'
import type { Nanos } from '#domain/time.ts'
import { ask, heavily, type Reader } from '#query/reader.ts'
import { HOUR_NS } from '#store/day-spans.ts'
import { nanosOf, numberOf, optionalNumberOf } from '#store/rows/cells.ts'
import { i64, type Sql, sql } from '#store/sql.ts'
import { barColumns, type HistogramFigure } from './bar-columns.ts'
import { type Budget, hurried } from './budget.ts'
import { EXPLORED_VIEWS, type ExploredRows, type ExploredView, exploredSql } from './explored-view.ts'
import { goBack } from './go-back.ts'

export interface HistogramQuestion extends ExploredRows {
  readonly view: ExploredView
  /** Past it the count is estimated; without it, it is exact or fails. */
  readonly budget?: Budget
  /** What is asked for beside the counts; it takes longer than these. */
  readonly figure?: HistogramFigure | undefined
}

export interface HistogramBar {
  /** Start, milliseconds since the epoch. */
  readonly startMs: number
  readonly count: number
  /** Of `count`, those with an observation of level ERROR. */
  readonly errors: number
  /** What was asked for; undefined where it is not known. */
  readonly figure: number | undefined
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

/**
 * How many rows fulfil the filters in each part of a span of time, and in all, and what they come to; estimated past
 * the budget, if there is one.
 */
export async function findHistogram(asking: Reader, question: HistogramQuestion): Promise<Histogram> {
  const { from, to, budget, figure } = question
  const reader = figure ? heavily(asking) : asking
  if (!budget || to - from <= SHORT_NS) return exact(question, await findBars(reader, question))
  try {
    return exact(question, await findBars(hurried(reader, budget.leftMs() * AT_ONCE), question))
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'query_too_heavy') throw error
    return await estimate(reader, { ...question, budget })
  }
}

/** Little more than the newest hour, which an estimate counts in any case. */
const SHORT_NS = 2n * HOUR_NS
/** Of the budget, what counting all of it may take before the newest rows have to do. */
const AT_ONCE = 1 / 2

const widthOf = ({ from, to }: HistogramQuestion): number => stepOf(Number(to - from) / 1e6)
const countOf = (bars: readonly HistogramBar[]): number => bars.reduce((sum, { count }) => sum + count, 0)
const errorsOf = (bars: readonly HistogramBar[]): number => bars.reduce((sum, { errors }) => sum + errors, 0)
const figuresOf = (bars: readonly HistogramBar[]): number | undefined =>
  bars.reduce<number | undefined>((sum, { figure }) => added(sum, figure), undefined)

function exact(question: HistogramQuestion, bars: readonly HistogramBar[]): Histogram {
  return { stepMs: widthOf(question), bars, total: countOf(bars), isEstimated: false }
}

async function findBars(
  reader: Reader,
  question: HistogramQuestion,
  span: Pick<ExploredRows, 'from' | 'to'> = question,
): Promise<HistogramBar[]> {
  const { view, filters, figure: asked } = question
  const { table } = EXPLORED_VIEWS[view]
  const { isError, figure, join } = barColumns(reader, { view, figure: asked, from: span.from })
  const where = exploredSql(reader, view, { filters, from: span.from, to: span.to })
  const rows = await ask(
    reader,
    sql`SELECT ${startOf(question)} AS start, count() AS rows, countIf(${isError}) AS errors${figure} FROM ${table} FINAL${join} WHERE ${where} GROUP BY start ORDER BY start`,
  )
  return rows.map((row) => ({
    startMs: numberOf(row, 'start'),
    count: numberOf(row, 'rows'),
    errors: numberOf(row, 'errors'),
    figure: optionalNumberOf(row, 'figure'),
  }))
}

/** When the bar of a row begins, milliseconds since the epoch. */
function startOf(question: HistogramQuestion): Sql {
  const stepMs = i64(widthOf(question))
  return sql`intDiv(toUnixTimestamp64Milli(${EXPLORED_VIEWS[question.view].time.sql}), ${stepMs}) * ${stepMs}`
}

/** What there is in the time of a bar, whatever the filters. */
interface Stock {
  readonly startMs: number
  readonly rows: number
  readonly newest: Nanos
}

/** Oldest first. Versions that others replaced count too: a share is taken of it, and FINAL costs more than counting. */
async function findStock(reader: Reader, question: HistogramQuestion, from: Nanos): Promise<Stock[]> {
  const { view, to } = question
  const { table, time } = EXPLORED_VIEWS[view]
  const where = exploredSql(reader, view, { filters: [], from, to })
  const rows = await ask(
    reader,
    sql`SELECT ${startOf(question)} AS start, count() AS rows, max(${time.sql}) AS newest FROM ${table} WHERE ${where} GROUP BY start ORDER BY start`,
  )
  return rows.map((row) => ({
    startMs: numberOf(row, 'start'),
    rows: numberOf(row, 'rows'),
    newest: nanosOf(row, 'newest'),
  }))
}

/**
 * Counts the newest rows as far as the budget goes; older ones match as often as those, and cost as much, of all that
 * there are. Their p90 stays unknown.
 */
async function estimate(reader: Reader, question: HistogramQuestion & { readonly budget: Budget }): Promise<Histogram> {
  const { from, to, budget } = question
  const stock = await findStock(reader, question, from)
  const last = stock.at(-1)
  if (!last) return exact(question, [])
  const found = new Map<number, HistogramBar>()
  // The p90 of a bar is not that of its parts: one in which a step ended is read whole by the next one.
  const isSum = question.figure !== 'p90'
  const scannedTo = await goBack({
    start: last.newest + 1n,
    from,
    budget,
    look: async (step, maxMs) => {
      const end = step.to ?? to
      const part = { from: step.from, to: isSum ? end : earliest(to, barEnd(question, end)) }
      for (const bar of await findBars(hurried(reader, maxMs), question, part))
        found.set(bar.startMs, isSum ? sumOf(bar, found.get(bar.startMs)) : bar)
      return false
    },
  })
  const bars = [...found.values()].toSorted((a, b) => a.startMs - b.startMs)
  if (scannedTo === undefined) return exact(question, bars)
  const scanned = await findStock(reader, question, scannedTo)
  const sample = { bars, stock, scanned, hasSums: question.figure === 'cost' }
  return { stepMs: widthOf(question), ...extrapolated(sample), isEstimated: true }
}

/** The end of the bar that ends at or behind an instant. */
function barEnd(question: HistogramQuestion, at: Nanos): Nanos {
  const widthNs = BigInt(widthOf(question)) * 1_000_000n
  return ((at + widthNs - 1n) / widthNs) * widthNs
}

const earliest = (one: Nanos, other: Nanos): Nanos => (one < other ? one : other)

interface Sample {
  /** What was found in what was scanned. */
  readonly bars: readonly HistogramBar[]
  readonly stock: readonly Stock[]
  readonly scanned: readonly Stock[]
  /** Whether figures add up. */
  readonly hasSums: boolean
}

/** What was not scanned, also in the bar where it ended, matches as often as what was. */
function extrapolated({ bars, stock, scanned, hasSums }: Sample): Pick<Histogram, 'bars' | 'total'> {
  const found = new Map(bars.map((bar) => [bar.startMs, bar]))
  const seen = new Map(scanned.map(({ startMs, rows }) => [startMs, rows]))
  const there = Math.max(1, rowsOf(scanned))
  const [matching, failing] = [countOf(bars) / there, errorsOf(bars) / there]
  const sum = hasSums ? figuresOf(bars) : undefined
  const rest = stock.map(({ startMs, rows }) => ({ startMs, rows: Math.max(0, rows - (seen.get(startMs) ?? 0)) }))
  const guessed = rest.map(({ startMs, rows }) => {
    const figure = sum === undefined || rows === 0 ? undefined : (rows * sum) / there
    const bar = { startMs, count: Math.round(rows * matching), errors: Math.round(rows * failing), figure }
    return sumOf(bar, found.get(startMs))
  })
  const total = countOf(bars) + Math.round(rowsOf(rest) * matching)
  return { bars: guessed.filter(({ count }) => count > 0), total }
}

const rowsOf = (stock: readonly Pick<Stock, 'rows'>[]): number => stock.reduce((sum, { rows }) => sum + rows, 0)

/** A step may end within a bar. */
const sumOf = (bar: HistogramBar, other: HistogramBar | undefined): HistogramBar =>
  other
    ? {
        ...bar,
        count: bar.count + other.count,
        errors: bar.errors + other.errors,
        figure: added(bar.figure, other.figure),
      }
    : bar

/** The sum of what is known. */
const added = (one: number | undefined, other: number | undefined): number | undefined =>
  one === undefined || other === undefined ? (one ?? other) : one + other
