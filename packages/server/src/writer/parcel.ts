import type { Position } from '#eventlog/event-log.ts'
import type { Located } from './located.ts'

/** Rows of one table that stand or fall together, and the changes that they come from. */
export interface Parcel {
  readonly rows: readonly object[]
  readonly sources: readonly Located[]
  /** The same for the same rows, whenever they are made; other rows, other text. */
  readonly stamp: string
  /** False when the rows must stay away, as those that they follow were refused. Absent: true. */
  isDue?(): boolean
  /** Told once whether the rows are stored. */
  settle?(isStored: boolean): void
}

/** Stamp of rows that are decided by who they are of and by their version. */
export function stampOf(key: string, version: Position): string {
  return `${key} ${version}`
}
