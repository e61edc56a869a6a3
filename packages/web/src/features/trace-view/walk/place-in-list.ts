/** One row of the list that a trace was opened from. */
export interface ListedTrace {
  readonly traceId: string
  /** Of the row: of the trace itself, or of one of its observations. */
  readonly id: string
  /** How many observations the trace has; undefined when the list does not say. */
  readonly observations?: number
}

export interface PlaceInList {
  /** From 1; undefined while, or when, the row is not among those that were read. */
  readonly place: number | undefined
  readonly previous: ListedTrace | undefined
  readonly next: ListedTrace | undefined
  /** The row, or the one after it, may stand further down than was read. */
  readonly needsMore: boolean
}

export function placeInList(rows: readonly ListedTrace[], id: string): PlaceInList {
  const index = rows.findIndex((row) => row.id === id)
  if (index < 0) return { place: undefined, previous: undefined, next: undefined, needsMore: true }
  return {
    place: index + 1,
    previous: rows[index - 1],
    next: rows[index + 1],
    needsMore: index === rows.length - 1,
  }
}
