import { at } from '#lib/trace/column.ts'
import type { Outline } from '#lib/trace/outline.ts'

/** By row: its place among its siblings from 1, and how many they are, as readers tell them. */
export interface SiblingPlaces {
  readonly place: Int32Array
  readonly count: Int32Array
}

export function siblingPlaces({ order, parent, depth }: Outline): SiblingPlaces {
  const place = new Int32Array(depth.length)
  const count = new Int32Array(depth.length)
  const seen = new Map<number, number>()
  for (const row of order) {
    const above = at(parent, row)
    const next = (seen.get(above) ?? 0) + 1
    seen.set(above, next)
    place[row] = next
  }
  for (const row of order) count[row] = seen.get(at(parent, row)) ?? 1
  return { place, count }
}
