/**
 * Which days of a project were written to, and in what order. It holds where one process alone writes to the
 * store, and that process writes through what notes it here.
 */
import { msFromNanos } from '#domain/time.ts'
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
  /** Days since the epoch that were written to after `clock` stood so; undefined when it may have been any day. */
  since(clock: number, place: DatedPlace): readonly number[] | undefined
  /** The rows are in the store now, or may be. */
  note(table: Table, rows: readonly object[]): void
  /** Anything may have changed. */
  noteAll(): void
}

/** Past so many days of projects, all that is known is that something was written. */
const MAX_DAYS = 100_000

export function createWrittenDays(): WrittenDays {
  const places = new Map<string, Map<number, number>>()
  let clock = 0
  let anyAt = 0
  let known = 0

  const noteAll = () => {
    places.clear()
    known = 0
    anyAt = ++clock
  }

  return {
    clock: () => clock,
    since(from, { table, projectId }) {
      if (from < anyAt) return undefined
      const days = places.get(placeKey(table, projectId)) ?? new Map<number, number>()
      return [...days].flatMap(([day, at]) => (at > from ? [day] : []))
    },
    note(table, rows) {
      if (!isDated(table)) return
      clock++
      for (const [key, days] of daysOf(table, rows)) {
        const noted = places.get(key) ?? new Map<number, number>()
        places.set(key, noted)
        known -= noted.size
        for (const day of days) noted.set(day, clock)
        known += noted.size
        if (days.has(Number.NaN)) noteAll()
      }
      if (known > MAX_DAYS) noteAll()
    },
    noteAll,
  }
}

const isDated = (table: Table): table is DatedTable => table in TIME_COLUMNS

const placeKey = (table: DatedTable, projectId: string) => `${table} ${projectId}`

/** The days of the rows, by place. */
function daysOf(table: DatedTable, rows: readonly object[]): ReadonlyMap<string, ReadonlySet<number>> {
  const column = TIME_COLUMNS[table]
  const places = new Map<string, Set<number>>()
  for (const row of rows) {
    const key = placeKey(table, String(Reflect.get(row, 'project_id')))
    const noted = places.get(key)
    const day = dayOf(Reflect.get(row, column))
    if (noted) noted.add(day)
    else places.set(key, new Set([day]))
  }
  return places
}

const MS_PER_DAY = 86_400_000

/** Not a number for anything but nanoseconds since the epoch. */
const dayOf = (instant: unknown): number =>
  typeof instant === 'bigint' ? Math.floor(msFromNanos(instant) / MS_PER_DAY) : Number.NaN
