import type { TraceMarks } from '#domain/bulk-job.ts'
import { boolOf, textOf, textsOf } from '#store/rows/cells.ts'
import { sql } from '#store/sql.ts'
import { ask, atKeys, type Reader } from './reader.ts'

/** Tags and bookmarks of those of the ids, spelled as they are, under which the project has a trace. */
export async function findTraceMarks(reader: Reader, ids: readonly string[]): Promise<TraceMarks[]> {
  if (ids.length === 0) return []
  const rows = await ask(reader, sql`SELECT id, tags, bookmarked FROM traces FINAL ${atKeys(reader, sql`id`, ids)}`)
  return rows.map((row) => ({
    id: textOf(row, 'id'),
    tags: textsOf(row, 'tags'),
    isBookmarked: boolOf(row, 'bookmarked'),
  }))
}
