/**
 * Figures of days, and of the hours and minutes of a day that is written to, which are kept in memory for as long as nobody
 * writes to them, so that a question over all history reads only what changed since it was last asked. What is answered is
 * what the store would answer, but for how many distinct things a day holds whose parts hold many (docs/adr/010-kept-days.md).
 */

import type { TimeSpan, UnitSpan } from './day-spans.ts'
import type { Row } from './engine.ts'
import { isOutOfRoom } from './engine-errors.ts'
import { type Figures, finishFigures, mergeFigures, weightOf } from './figures.ts'
import {
  emptyUnits,
  endHours,
  forget,
  isByDay,
  type KeptUnits,
  keep,
  type Plan,
  planOf,
  rest,
  rowsOf,
  timesOf,
  UNITS,
  type Unit,
} from './kept-units.ts'
import type { DatedPlace, WrittenDays } from './written-days.ts'

export interface KeptQuestion extends DatedPlace {
  /** What is asked, the project and the time apart. */
  readonly key: string
}

export interface DayQuestion extends KeptQuestion {
  readonly figures: Figures
}

/**
 * Reads the rows of spans that don't overlap, by day or, within a day, by parts: each row tells its day in the column
 * `day` and its part in `unit`, as units since the epoch. What is counted as distinct is a number in rows of days,
 * in those of parts the least hashes.
 */
export type LoadDays = (unit: Unit, spans: readonly TimeSpan[]) => Promise<readonly Row[]>

export interface KeptDays {
  /** One row a day and group of a span of time, in any order: put together from what is kept and what has to be loaded. */
  find(question: DayQuestion, span: TimeSpan, load: LoadDays): Promise<Row[]>

  /** The rows of a question whose days can't be told apart: from memory while no day of the project was written to. */
  findWhole(question: KeptQuestion, load: () => Promise<readonly Row[]>): Promise<Row[]>
}

export interface KeptBounds {
  /** Rows of all questions by day; those asked longest ago go first. A question with more than that is kept by days alone. */
  readonly maxRows?: number
  /** Questions by day, and as many over all days as one; those asked longest ago go first. */
  readonly maxQuestions?: number
  /** Questions for which an hour is not written to until it is kept as one; of a day 24 times as many. */
  readonly restedFor?: number
}

export interface KeptDaysOptions extends KeptBounds {
  readonly written: WrittenDays
  /** Whether what is read now stays true until something is noted as written. */
  readonly isSettled: () => Promise<boolean>
}

/** About 30 MB. */
const MAX_ROWS = 100_000
/** A key has up to 4000 characters; a client that asks for one trace after the other asks a new question each time. */
const MAX_QUESTIONS = 1000

const RESTED = 60

interface Entry {
  /** The state of the store up to which changes were let into it. */
  clock: number
  units: KeptUnits
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
  const { written, isSettled, maxRows = MAX_ROWS, maxQuestions = MAX_QUESTIONS, restedFor = RESTED } = options
  const entries = new Map<string, Entry>()

  /** The entry of a question without what was written to since, as the one asked last. */
  const recall = (question: DayQuestion, span: TimeSpan): Entry => {
    const key = keyOf(question)
    const known = entries.get(key)
    entries.delete(key)
    const changed = known && written.since(known.clock, question)
    const entry = known && changed ? known : emptyEntry()
    entry.units.asked++
    if (changed) forget(entry.units, changed)
    const merged = (rows: readonly Row[]) => mergeFigures(rows, question.figures)
    rest(entry.units, { used: endHours(span), restedFor, merged })
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

  const answer = async (entry: Entry, question: DayQuestion, { span, load }: Reading): Promise<Row[]> => {
    const clock = written.clock()
    const plan = planOf(entry.units, span)
    const loaded = await loadMissing(plan, question.figures, load)
    const changed = written.since(clock, question)
    if (changed && loaded.length > 0) {
      // Another question may have begun anew meanwhile.
      for (const { unit, spans, rows } of loaded) keep(entry.units, unit, { spans, rows, changed })
      entry.size = sum(rowsOf(entry.units).map(weightOf))
      if (entry.size > maxRows && !isByDay(entry.units)) keepDaysAlone(entry)
      prune()
    }
    return putTogether(plan, loaded, question.figures)
  }

  return async (question, span, load) => {
    if (!(await isSettled())) return [...(await load('day', [span]))]
    const entry = recall(question, span)
    const { units } = entry
    try {
      return await answer(entry, question, { span, load })
    } catch (error) {
      if (!isOutOfRoom(error) || isByDay(units)) throw error
      // Parts tell hashes where days tell how many there are: what is too much by parts may pass by days.
      if (!isByDay(entry.units)) keepDaysAlone(entry)
      return answer(entry, question, { span, load })
    }
  }
}

/** From now on: parts have more rows. */
function keepDaysAlone(entry: Entry): void {
  entry.units = emptyUnits(['day'])
  entry.size = 0
}

interface Reading {
  readonly span: TimeSpan
  readonly load: LoadDays
}

interface Loaded {
  readonly unit: Unit
  readonly spans: readonly UnitSpan[]
  readonly rows: readonly Row[]
}

/** What is missing of a plan; nothing when nothing is. Parts of the narrowest units come with these. */
async function loadMissing({ missing, edges, narrowest }: Plan, figures: Figures, load: LoadDays): Promise<Loaded[]> {
  const ofUnits = { ...figures, by: ['unit', ...figures.by] }
  const of = async (unit: Unit): Promise<Loaded[]> => {
    const spans = missing[unit]
    const times = [...timesOf(unit, spans), ...(unit === narrowest ? edges : [])]
    if (times.length === 0) return []
    const rows = await load(unit, times)
    // As texts they would take thrice the room.
    return [{ unit, spans, rows: unit === 'day' ? rows : mergeFigures(rows, ofUnits) }]
  }
  return (await Promise.all(UNITS.map(of))).flat()
}

function putTogether(plan: Plan, loaded: readonly Loaded[], figures: Figures): Row[] {
  const ofDays = loaded.flatMap(({ unit, rows }) => (unit === 'day' ? rows : []))
  const ofParts = loaded.flatMap(({ unit, rows }) => (unit === 'day' ? [] : rows))
  return [...plan.ofDays, ...ofDays, ...finishFigures(mergeFigures([...plan.ofParts, ...ofParts], figures), figures)]
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

const keyOf = ({ table, projectId, key }: KeptQuestion) => `${table} ${projectId} ${key}`
const emptyEntry = (): Entry => ({ clock: 0, units: emptyUnits(), size: 0 })
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
