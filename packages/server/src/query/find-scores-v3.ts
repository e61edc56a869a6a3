import type { Filter } from '#domain/filter.ts'
import type { Score } from '#domain/score.ts'
import { fromScoreRow } from '#store/rows/score.ts'
import { f64s, join, type Sql, sql } from '#store/sql.ts'
import { filterSql } from './filter-sql.ts'
import { TRACE_TIME, WHOLE } from './load-rows.ts'
import { newestFirst } from './newest-first.ts'
import { type Place, scoreToken } from './page-token.ts'
import { ofProject, type Reader } from './reader.ts'

export interface ScoresV3Question {
  readonly filters: readonly Filter[]
  /** Any of these values; all when absent. */
  readonly values: readonly number[] | undefined
  readonly after: Place | undefined
  readonly limit: number
  /** Milliseconds since the epoch. */
  readonly now: number
}

export interface ScoresV3 {
  readonly values: readonly Score[]
  /** Where the next page begins; undefined on the last one. */
  readonly cursor: string | undefined
}

/** Scores on any subject, newest first. @throws AppError `bad_request` as `filterSql` */
export async function findScoresV3(reader: Reader, question: ScoresV3Question): Promise<ScoresV3> {
  const { filters, values, after, limit, now } = question
  const conditions: Sql[] = [ofProject(reader.projectId), filterSql('scores', filters, reader.projectId)]
  if (values) conditions.push(sql`value IN (${f64s(values)})`)
  const rows = await newestFirst(reader, {
    from: sql`scores FINAL`,
    where: join(conditions, ' AND '),
    time: TRACE_TIME,
    columns: WHOLE,
    after,
    limit: limit + 1,
    now,
  })
  const scores = rows.slice(0, limit).map((row) => fromScoreRow(row).entity)
  const last = scores.at(-1)
  const hasMore = rows.length > limit
  return { values: scores, cursor: hasMore && last ? scoreToken({ time: last.timestamp, id: last.id }) : undefined }
}
