import type { Explored } from '#api/explore-path.ts'
import { type ListRef, printListRef } from '#search/list-ref.ts'

interface OpenedRow {
  /** Milliseconds since the epoch. A row that came live may lie behind the end of what the list asked for. */
  readonly time?: number | undefined
  /** Where the row is not the trace itself. */
  readonly row?: string
}

/** The list, as a trace that is opened from it remembers it. */
export function refOf(
  list: ListRef['list'],
  { interval, ...explored }: Explored,
  { time = 0, row }: OpenedRow,
): string {
  const toMs = Math.max(interval.toMs, Math.floor(time) + 1)
  return printListRef({ list, ...explored, interval: { ...interval, toMs }, row })
}
