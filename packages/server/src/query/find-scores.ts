import type { Filter } from '#domain/filter.ts'
import type { Score } from '#domain/score.ts'
import type { Trace } from '#domain/trace.ts'
import { fromScoreRow } from '#store/rows/score.ts'
import { all, f64, type Sql, sql } from '#store/sql.ts'
import { type DatedRows, filteredRows } from './by-day.ts'
import { filterSql } from './filter-sql.ts'
import { WHOLE } from './load-rows.ts'
import { findNewest, type Page, type PageRequest } from './page.ts'
import { ofProject, type Reader } from './reader.ts'
import { tracesById } from './trace-facts.ts'

export interface ScoresQuestion extends PageRequest {
  readonly filters: readonly Filter[]
  /** `value` compared with a number; `!=` is not in the filter language. */
  readonly unequalTo?: number | undefined
  /** Only scores of traces, and no corrections: what v1 knows. */
  readonly isTraceOnly: boolean
  /**
   * Give each score its trace. A score whose trace does not exist is then left out of the list
   * (public-api contract §7.4).
   */
  readonly withTrace: boolean
  /** Milliseconds since the epoch: where the newest scores are looked for. */
  readonly now?: number
}

export interface ListedScore {
  readonly score: Score
  readonly trace: Trace | undefined
}

/** One page of scores, newest first, with an exact total. @throws AppError `bad_request` as `filterSql` */
export async function findScores(reader: Reader, question: ScoresQuestion): Promise<Page<ListedScore>> {
  const where = conditionOf(reader, question)
  const listing = {
    from: sql`scores FINAL`,
    where,
    rows: countedRows(reader, question, where),
    time: sql`timestamp`,
    columns: WHOLE,
    now: !question.withTrace && question.filters.every(({ type }) => type === 'datetime') ? question.now : undefined,
  }
  const { values: rows, totalItems } = await findNewest(reader, listing, question)
  const scores = rows.map((row) => fromScoreRow(row).entity)
  const ids = [...new Set(scores.flatMap(({ traceId }) => traceId ?? []))]
  const traces = question.withTrace ? await tracesById(reader, ids) : new Map<string, Trace>()
  return { totalItems, values: scores.map((score) => ({ score, trace: traces.get(score.traceId ?? '') })) }
}

function countedRows(reader: Reader, question: ScoresQuestion, where: Sql): DatedRows {
  const rows = filteredRows(reader, 'scores', question.filters)
  if (question.withTrace) return { ...rows, where, isKept: false }
  return { ...rows, where: all([rows.where, ...plainConditions(question)]) }
}

function plainConditions({ unequalTo, isTraceOnly }: ScoresQuestion): Sql[] {
  const conditions: Sql[] = []
  if (unequalTo !== undefined) conditions.push(sql`value != ${f64(unequalTo)}`)
  if (isTraceOnly) conditions.push(sql`trace_id != '' AND data_type != 'CORRECTION'`)
  return conditions
}

function conditionOf(reader: Reader, question: ScoresQuestion): Sql {
  const project = ofProject(reader.projectId)
  const conditions = [project, filterSql('scores', question.filters, reader.projectId), ...plainConditions(question)]
  if (!question.withTrace) return all(conditions)
  // The traces of just these scores, so that a short list is looked up by index.
  const traceIds = sql`SELECT trace_id FROM scores WHERE ${all(conditions)}`
  return all([
    ...conditions,
    sql`trace_id = '' OR trace_id IN (SELECT id FROM traces FINAL WHERE ${project} AND id IN (${traceIds}))`,
  ])
}
