/**
 * Figures by day that are kept in memory for as long as nobody writes to the day, so that a question over all
 * history reads only the days that changed since it was last asked. What is answered is what the store would
 * answer (docs/adr/010-kept-days.md).
 */

import { type DaySpan, isWithin, joined, type TimeSpan, timeOf, wholeDays, without } from './day-spans.ts'
import type { Row } from './engine.ts'
import { numberOf } from './rows/cells.ts'
import type { DatedPlace, WrittenDays } from './written-days.ts'

export interface DayQuestion extends DatedPlace {
  /** What is asked of each day, the project and the time apart. */
  readonly key: string
}

/** Reads the rows of spans that don't overlap; each row tells its day in the column `day`, as days since the epoch. */
export type LoadDays = (spans: readonly TimeSpan[]) => Promise<readonly Row[]>

export interface KeptDays {
  /**
   * The rows of a span of time: those of whole days from memory where they still hold, the others loaded. Rows of
   * one day stay in their order; days come in any.
   */
  find(question: DayQuestion, span: TimeSpan, load: LoadDays): Promise<Row[]>

  /** The rows of a question whose days can't be told apart: from memory while no day of the project was written to. */
  findWhole(question: DayQuestion, load: () => Promise<readonly Row[]>): Promise<Row[]>
}

export interface KeptDaysOptions {
  readonly written: WrittenDays
  /** Whether what is read now stays true until something is noted as written. */
  readonly isSettled: () => Promise<boolean>
  /** Rows of all questions by day; those asked longest ago go first. */
  readonly maxRows?: number
  /** Questions by day, and as many over all days as one; those asked longest ago go first. */
  readonly maxQuestions?: number
}

/** About 30 MB. */
const MAX_ROWS = 100_000
/** More than these are read as one, days between them included: each is a condition on every row. */
const MAX_SPANS = 16
/** A key has up to 4000 characters; a client that asks for one trace after the other asks a new question each time. */
const MAX_QUESTIONS = 1000

interface Entry {
  /** The state of the store up to which changes were let into it. */
  clock: number
  /** Days that are known, those without rows included. */
  covered: DaySpan[]
  readonly rows: Map<number, Row[]>
  /** Rows when they were last counted; more than there are now, if anything. */
  size: number
}

interface Whole {
  readonly clock: number
  readonly rows: readonly Row[]
}

export const createKeptDays = (options: KeptDaysOptions): KeptDays => ({
  find: findByDayIn(options),
  findWhole: findWholeIn(options),
})

function findByDayIn(options: KeptDaysOptions): KeptDays['find'] {
  const { written, isSettled, maxRows = MAX_ROWS, maxQuestions = MAX_QUESTIONS } = options
  const entries = new Map<string, Entry>()

  /** The entry of a question without what was written to since, as the one asked last. */
  const recall = (question: DayQuestion): Entry => {
    const key = keyOf(question)
    const known = entries.get(key)
    entries.delete(key)
    const changed = known && written.since(known.clock, question)
    const entry = known && changed ? known : emptyEntry()
    if (changed) forget(entry, changed)
    entry.clock = written.clock()
    entries.set(key, entry)
    return entry
  }

  const prune = () => {
    let rows = sum([...entries.values()].map(({ size }) => size))
    for (const [key, { size }] of entries) {
      if (rows <= maxRows && entries.size <= maxQuestions) return
      rows -= size
      entries.delete(key)
    }
  }

  return async (question, span, load) => {
    if (!(await isSettled())) return [...(await load([span]))]
    const clock = written.clock()
    const entry = recall(question)
    const { whole, edges } = wholeDays(span)
    const missing = fewOf(whole ? without([whole], entry.covered) : [])
    const kept = whole ? rowsOf(entry, whole, missing) : []
    const spans = [...missing.map(timeOf), ...edges]
    if (spans.length === 0) return kept
    const loaded = await load(spans)
    const changed = written.since(clock, question)
    if (changed) keep(entry, without(missing, changed.map(oneDay)), loaded)
    prune()
    return [...kept, ...loaded]
  }
}

function findWholeIn({ written, isSettled, maxQuestions = MAX_QUESTIONS }: KeptDaysOptions): KeptDays['findWhole'] {
  const wholes = new Map<string, Whole>()

  return async (question, load) => {
    if (!(await isSettled())) return [...(await load())]
    const clock = written.clock()
    const key = keyOf(question)
    const holds = (whole: Whole) => written.since(whole.clock, question)?.length === 0
    const known = wholes.get(key)
    const whole = known && holds(known) ? known : { clock, rows: await load() }
    wholes.delete(key)
    if (holds(whole)) wholes.set(key, whole)
    for (const oldest of wholes.keys()) if (wholes.size > maxQuestions) wholes.delete(oldest)
    return [...whole.rows]
  }
}

const keyOf = ({ table, projectId, key }: DayQuestion) => `${table} ${projectId} ${key}`
const emptyEntry = (): Entry => ({ clock: 0, covered: [], rows: new Map(), size: 0 })
const oneDay = (day: number): DaySpan => ({ from: day, to: day + 1 })
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

function fewOf(spans: readonly DaySpan[]): readonly DaySpan[] {
  if (spans.length <= MAX_SPANS) return spans
  return [{ from: Math.min(...spans.map(({ from }) => from)), to: Math.max(...spans.map(({ to }) => to)) }]
}

/** Those of the whole days that are not missing. */
const rowsOf = ({ rows }: Entry, whole: DaySpan, missing: readonly DaySpan[]): Row[] =>
  [...rows].flatMap(([day, ofDay]) => (isWithin(day, [whole]) && !isWithin(day, missing) ? ofDay : []))

function forget(entry: Entry, days: readonly number[]): void {
  entry.covered = without(entry.covered, days.map(oneDay))
  for (const day of days) entry.rows.delete(day)
}

/** Takes the rows of the spans' days in; the spans hold nothing that was written since the rows were read. */
function keep(entry: Entry, spans: readonly DaySpan[], loaded: readonly Row[]): void {
  for (const day of [...entry.rows.keys()]) if (isWithin(day, spans)) entry.rows.delete(day)
  for (const row of loaded) {
    const day = numberOf(row, 'day')
    if (!isWithin(day, spans)) continue
    const rows = entry.rows.get(day)
    if (rows) rows.push(row)
    else entry.rows.set(day, [row])
  }
  entry.covered = joined([...entry.covered, ...spans])
  entry.size = sum([...entry.rows.values()].map((ofDay) => ofDay.length))
}
