/**
 * What is kept of one question: rows of figures by day, hour and minute. A day that is written to after it was read is
 * read by hours from then on, and such an hour by minutes, so that a write voids no more than the minute that it went
 * to. Hours and days that rest become one again.
 */
import {
  DAY_NS,
  floorUnit,
  HOUR_NS,
  isWithin,
  joined,
  MINUTE_NS,
  oneUnit,
  type TimeSpan,
  timeOf,
  type UnitSpan,
  wholeUnits,
  without,
} from './day-spans.ts'
import type { Row } from './engine.ts'
import { numberOf } from './rows/cells.ts'

export type Unit = 'day' | 'hour' | 'minute'

/** From the widest to the narrowest, in the order in which a span is taken apart. */
export const UNITS = ['day', 'hour', 'minute'] as const
/** In nanoseconds. */
export const WIDTHS: Readonly<Record<Unit, bigint>> = { day: DAY_NS, hour: HOUR_NS, minute: MINUTE_NS }
const MINUTES: Readonly<Record<Unit, number>> = { day: 1440, hour: 60, minute: 1 }
/** Past so many spans what lies between them is read too: each is a condition on every row. */
const MAX_SPANS = 16

interface Level {
  /** Units that are known, those without rows included. */
  covered: UnitSpan[]
  readonly rows: Map<number, Row[]>
  /** Units that are taken apart, each with the question before which it was last written to. */
  readonly split: Map<number, number>
}

export interface KeptUnits {
  /** What is told apart, from the widest on; the narrowest are not taken apart. */
  readonly by: readonly Unit[]
  readonly levels: Readonly<Record<Unit, Level>>
  /** Questions so far. */
  asked: number
}

export interface Plan {
  /** Rows of whole days. */
  readonly ofDays: readonly Row[]
  /** Rows of hours and minutes. */
  readonly ofParts: readonly Row[]
  /** What is to be read, by unit. */
  readonly missing: Readonly<Record<Unit, UnitSpan[]>>
  /** Parts of the narrowest units, which are always read. */
  readonly edges: readonly TimeSpan[]
  readonly narrowest: Unit
}

export const emptyUnits = (by: readonly Unit[] = UNITS): KeptUnits => ({
  by,
  levels: { day: emptyLevel(), hour: emptyLevel(), minute: emptyLevel() },
  asked: 0,
})

const emptyLevel = (): Level => ({ covered: [], rows: new Map(), split: new Map() })

export const isByDay = ({ by }: KeptUnits): boolean => narrowestOf(by) === 'day'

const narrowestOf = (by: readonly Unit[]): Unit => by.at(-1) ?? 'day'

/** What of a span is kept, and what has to be read in which units, of each in few spans. */
export function planOf(kept: KeptUnits, span: TimeSpan): Plan {
  const plan = takeApart(kept, span)
  const crowded = PARTS.find(({ part }) => plan.missing[part].length > MAX_SPANS)
  if (!crowded) return plan
  reunite(kept, crowded, plan.missing[crowded.part])
  return planOf(kept, span)
}

const PARTS = [
  { part: 'minute', of: 'hour' },
  { part: 'hour', of: 'day' },
] as const

function takeApart({ by, levels }: KeptUnits, span: TimeSpan): Plan {
  const kept: Record<Unit, Row[]> = { day: [], hour: [], minute: [] }
  const missing: Record<Unit, UnitSpan[]> = { day: [], hour: [], minute: [] }
  let rest: TimeSpan[] = [span]
  for (const unit of by) {
    const { covered, rows, split } = levels[unit]
    const pieces = rest.map((piece) => wholeUnits(piece, WIDTHS[unit]))
    const wholes = pieces.flatMap(({ whole }) => whole ?? [])
    const unknown = without(wholes, covered)
    missing[unit] = fewer(without(unknown, [...split.keys()].map(oneUnit)), wholes)
    // What is read because it lies between others is neither taken from memory nor read by parts.
    const known = without(wholes, missing[unit])
    for (const [one, ofOne] of rows) if (isWithin(one, known)) kept[unit].push(...ofOne)
    rest = [...pieces.flatMap(({ edges }) => edges), ...timesOf(unit, joined(without(unknown, missing[unit])))]
  }
  return { ofDays: kept.day, ofParts: [...kept.hour, ...kept.minute], missing, edges: rest, narrowest: narrowestOf(by) }
}

/** The spans or, where they are too many, the nearest of them as one with what lies between, as far as that is asked for. */
function fewer(spans: readonly UnitSpan[], asked: readonly UnitSpan[]): UnitSpan[] {
  const sorted = joined(spans)
  const whole = joined(asked)
  const gaps = sorted
    .slice(1)
    .map(({ from }, index) => ({ from: sorted[index]?.to ?? from, to: from }))
    .filter((gap) => whole.some(({ from, to }) => gap.from >= from && gap.to <= to))
    .sort((one, other) => one.to - one.from - (other.to - other.from))
  return joined([...sorted, ...gaps.slice(0, Math.max(0, sorted.length - MAX_SPANS))])
}

/** Units of which parts are missing, so many that they can't be read as such, are no longer taken apart. */
function reunite({ levels }: KeptUnits, { part, of }: (typeof PARTS)[number], parts: readonly UnitSpan[]): void {
  const units = touched(
    of,
    parts.map(({ from, to }) => ({ from: from * MINUTES[part], to: to * MINUTES[part] })),
  )
  for (const one of [...levels[of].split.keys()]) {
    if (!isWithin(one, units)) continue
    levels[of].split.delete(one)
    letGo(levels[part], [partsOf(one, MINUTES[of] / MINUTES[part])])
  }
}

export const timesOf = (unit: Unit, spans: readonly UnitSpan[]): TimeSpan[] =>
  spans.map((span) => timeOf(span, WIDTHS[unit]))

/** Minutes were written to. */
export function forget(kept: KeptUnits, minutes: readonly UnitSpan[]): void {
  for (const unit of UNITS) {
    const level = kept.levels[unit]
    if (unit !== narrowestOf(kept.by)) for (const one of partly(level, unit, minutes)) level.split.set(one, kept.asked)
    const spans = touched(unit, minutes)
    level.covered = without(level.covered, spans)
    for (const one of [...level.rows.keys()]) if (isWithin(one, spans)) level.rows.delete(one)
  }
}

/** Takes in rows that were read of the spans, but for minutes written to since. */
export function keep(
  { by, levels }: KeptUnits,
  unit: Unit,
  {
    spans,
    rows,
    changed,
  }: { readonly spans: readonly UnitSpan[]; readonly rows: readonly Row[]; readonly changed: readonly UnitSpan[] },
): void {
  if (!by.includes(unit)) return
  const level = levels[unit]
  const still = without(spans, touched(unit, changed))
  for (const one of [...level.rows.keys()]) if (isWithin(one, still)) level.rows.delete(one)
  for (const row of rows) {
    const one = numberOf(row, unit === 'day' ? 'day' : 'unit')
    if (!isWithin(one, still)) continue
    const ofOne = level.rows.get(one)
    if (ofOne) ofOne.push(row)
    else level.rows.set(one, [row])
  }
  level.covered = joined([...level.covered, ...still])
}

export interface Resting {
  /** Hours whose minutes are asked for. */
  readonly used: ReadonlySet<number>
  /** An hour is read by minutes until it rested for so many questions, a day by hours until 24 times as many. */
  readonly restedFor: number
  readonly merged: (rows: readonly Row[]) => Row[]
}

/**
 * Makes one of days and hours that nobody wrote to for long, and lets go of the minutes of hours that nobody needs. An hour is
 * put together from its minutes, where all are known; a day is read anew, which alone tells exactly what is distinct.
 */
export function rest({ levels: { day, hour, minute }, asked }: KeptUnits, { used, restedFor, merged }: Resting): void {
  for (const one of rested(day, asked - HOURS_A_DAY * restedFor)) {
    day.split.delete(one)
    letGo(hour, [partsOf(one, HOURS_A_DAY)])
  }
  for (const one of rested(hour, asked - restedFor)) {
    hour.split.delete(one)
    const minutes = [partsOf(one, MINUTES.hour)]
    if (without(minutes, minute.covered).length > 0) continue
    const rows = [...minute.rows].flatMap(([of, ofMinute]) => (isWithin(of, minutes) ? ofMinute : []))
    hour.rows.set(one, merged(rows))
    hour.covered = joined([...hour.covered, oneUnit(one)])
  }
  const needed = joined([...hour.split.keys(), ...used].map((one) => partsOf(one, MINUTES.hour)))
  letGo(minute, without([{ from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY }], needed))
}

const HOURS_A_DAY = MINUTES.day / MINUTES.hour

/** Units that are taken apart, and were last written to before that question. */
const rested = ({ split }: Level, before: number): number[] =>
  [...split].flatMap(([one, at]) => (at <= before ? [one] : []))

const partsOf = (unit: number, count: number): UnitSpan => ({ from: unit * count, to: (unit + 1) * count })

function letGo(level: Level, spans: readonly UnitSpan[]): void {
  level.covered = without(level.covered, spans)
  for (const units of [level.rows, level.split])
    for (const one of [...units.keys()]) if (isWithin(one, spans)) units.delete(one)
}

/** The hours in which a span begins and ends. */
export function endHours({ from, to }: TimeSpan): ReadonlySet<number> {
  const ends = [from, to].flatMap((end) => (end === undefined ? [] : [floorUnit(end, HOUR_NS)]))
  return new Set(ends)
}

export const rowsOf = ({ levels }: KeptUnits): Row[] => UNITS.flatMap((unit) => [...levels[unit].rows.values()].flat())

const touched = (unit: Unit, minutes: readonly UnitSpan[]): UnitSpan[] =>
  joined(minutes.map(({ from, to }) => ({ from: Math.floor(from / MINUTES[unit]), to: Math.ceil(to / MINUTES[unit]) })))

/** Units that are known or taken apart already, and only a part of which was written to: the next time they are read by parts. */
function partly({ covered, split }: Level, unit: Unit, minutes: readonly UnitSpan[]): number[] {
  const units = new Set(
    minutes.flatMap(({ from, to }) => {
      const [first, last] = [Math.floor(from / MINUTES[unit]), Math.floor((to - 1) / MINUTES[unit])]
      return [...(from > first * MINUTES[unit] ? [first] : []), ...(to < (last + 1) * MINUTES[unit] ? [last] : [])]
    }),
  )
  return [...units].filter((one) => split.has(one) || isWithin(one, covered))
}
