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
  // One place further, as what stands at the top has a parent of -1.
  const seen = new Int32Array(depth.length + 1)
  for (const row of order) {
    const above = at(parent, row) + 1
    seen[above] = at(seen, above) + 1
    place[row] = at(seen, above)
  }
  for (const row of order) count[row] = at(seen, at(parent, row) + 1)
  return { place, count }
}
