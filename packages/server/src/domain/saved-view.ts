import type { ProjectId } from '#domain/ids.ts'

export const SAVED_VIEW_TABLES = ['traces', 'observations'] as const
export type SavedViewTable = (typeof SAVED_VIEW_TABLES)[number]

/** How somebody likes to look at a table: filter, order, columns, chart. Seen by all of the project. */
export interface SavedView {
  readonly id: string
  readonly projectId: ProjectId
  readonly table: SavedViewTable
  readonly name: string
  /** Names and values of the search parameters of the page; the page alone knows what they mean. */
  readonly state: Readonly<Record<string, string>>
  /** Milliseconds since the epoch. */
  readonly createdAt: number
  readonly updatedAt: number
}
