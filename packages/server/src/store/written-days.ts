/**
 * Which minutes of a project were written to, and in what order; of those written to longest ago the days. It holds
 * where one process alone writes to the store, and that process writes through what notes it here.
 */
import { msFromNanos } from '#domain/time.ts'
import { joined, oneUnit, type UnitSpan } from './day-spans.ts'
import type { Table } from './engine.ts'

/** Tables whose rows lie in days, each with the column that says which. */
const TIME_COLUMNS = { traces: 'timestamp', observations: 'start_time', scores: 'timestamp' } as const
export type DatedTable = keyof typeof TIME_COLUMNS

export interface DatedPlace {
  readonly table: DatedTable
  readonly projectId: string
}

export interface WrittenDays {
  /** Grows with every write. */
  clock(): number
  /** Minutes since the epoch that were written to after `clock` stood so; undefined when it may have been any. */
  since(clock: number, place: DatedPlace): readonly UnitSpan[] | undefined
  /** The rows are in the store now, or may be. */
  note(table: Table, rows: readonly object[]): void
  /** Anything may have changed. */
  noteAll(): void
}

/** Past so many of all projects minutes become days and, where that is not half of it, nothing is known of any. */
const MAX_UNITS = 100_000
/** Minutes of one table and project; past them half become days. Two days of them. */
const MAX_MINUTES = 2880

const MINUTES_PER_DAY = 1440

/** When each was last written to, those written to longest ago first. */
interface Noted {
  readonly minutes: Map<number, number>
  readonly days: Map<number, number>
}

export function createWrittenDays(): WrittenDays {
  const places = new Map<string, Noted>()
  let clock = 0
  let anyAt = 0
  let known = 0

  const noteAll = () => {
    places.clear()
    known = 0
    anyAt = ++clock
  }

  const noteIn = (key: string, minutes: ReadonlySet<number>) => {
    const noted = places.get(key) ?? { minutes: new Map(), days: new Map() }
    places.set(key, noted)
    known -= sizeOf(noted)
    for (const minute of minutes) renew(noted.minutes, minute, clock)
    if (noted.minutes.size > MAX_MINUTES) coarsen(noted, MAX_MINUTES / 2)
    known += sizeOf(noted)
  }

  const shrink = () => {
    known = 0
    for (const noted of places.values()) {
      coarsen(noted, 0)
      known += noted.days.size
    }
    if (known > MAX_UNITS / 2) noteAll()
  }

  return {
    clock: () => clock,
    since(from, { table, projectId }) {
      if (from < anyAt) return undefined
      const noted = places.get(placeKey(table, projectId))
      if (!noted) return []
      const minutes = after(from, noted.minutes).map(oneUnit)
      const days = after(from, noted.days).map((day) => ({
        from: day * MINUTES_PER_DAY,
        to: (day + 1) * MINUTES_PER_DAY,
      }))
      return joined([...minutes, ...days])
    },
    note(table, rows) {
      if (!isDated(table)) return
      clock++
      const noted = minutesOf(table, rows)
      for (const [key, minutes] of noted) noteIn(key, minutes)
      if ([...noted.values()].some((minutes) => minutes.has(Number.NaN))) noteAll()
      if (known > MAX_UNITS) shrink()
    },
    noteAll,
  }
}

const isDated = (table: Table): table is DatedTable => table in TIME_COLUMNS

const placeKey = (table: DatedTable, projectId: string) => `${table} ${projectId}`

const sizeOf = ({ minutes, days }: Noted): number => minutes.size + days.size

/** Those noted after the clock stood at `from`: the last ones. */
function after(from: number, units: ReadonlyMap<number, number>): number[] {
  return [...units].flatMap(([unit, at]) => (at > from ? [unit] : []))
}

function renew(units: Map<number, number>, unit: number, at: number): void {
  units.delete(unit)
  units.set(unit, at)
}

/** Leaves so many minutes, those written to last; a day is as new as the newest of its minutes that became part of it. */
function coarsen({ minutes, days }: Noted, left: number): void {
  for (const [minute, at] of minutes) {
    if (minutes.size <= left) return
    minutes.delete(minute)
    renew(days, Math.floor(minute / MINUTES_PER_DAY), at)
  }
}

/** The minutes of the rows, by place. */
function minutesOf(table: DatedTable, rows: readonly object[]): ReadonlyMap<string, ReadonlySet<number>> {
  const column = TIME_COLUMNS[table]
  const places = new Map<string, Set<number>>()
  for (const row of rows) {
    const key = placeKey(table, String(Reflect.get(row, 'project_id')))
    const noted = places.get(key)
    const minute = minuteOf(Reflect.get(row, column))
    if (noted) noted.add(minute)
    else places.set(key, new Set([minute]))
  }
  return places
}

const MS_PER_MINUTE = 60_000

/** Not a number for anything but nanoseconds since the epoch. */
const minuteOf = (instant: unknown): number =>
  typeof instant === 'bigint' ? Math.floor(msFromNanos(instant) / MS_PER_MINUTE) : Number.NaN
