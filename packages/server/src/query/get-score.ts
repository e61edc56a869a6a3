import { spellings } from '#domain/ids.ts'
import { fromScoreRow } from '#store/rows/score.ts'
import { sql, str } from '#store/sql.ts'
import type { ListedScore } from './find-scores.ts'
import { WHOLE } from './load-rows.ts'
import { ask, isAmong, ofProject, type Reader } from './reader.ts'
import { tracesById } from './trace-facts.ts'

/** One score by id with its trace, if that exists; undefined when the project has no such score. */
export async function findScore(reader: Reader, id: string): Promise<ListedScore | undefined> {
  const rows = await ask(
    reader,
    sql`SELECT ${WHOLE} FROM scores FINAL WHERE ${ofProject(reader.projectId)} AND ${isAmong(sql`id`, spellings(id))} ORDER BY id = ${str(id)} DESC LIMIT 1`,
  )
  const [row] = rows
  if (!row) return undefined
  const score = fromScoreRow(row).entity
  const traces = await tracesById(reader, score.traceId ? [score.traceId] : [])
  return { score, trace: traces.get(score.traceId ?? '') }
}
