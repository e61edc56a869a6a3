import type { Filter } from '#domain/filter.ts'
import type { Trace } from '#domain/trace.ts'
import type { Row } from '#store/engine.ts'
import { numberOf, textOf, textsOf } from '#store/rows/cells.ts'
import { fromTraceRow } from '#store/rows/trace.ts'
import { type Sql, sql } from '#store/sql.ts'
import { filteredRows } from './by-day.ts'
import { filterSql } from './filter-sql.ts'
import { loadRows, TRACE_TIME, WHOLE, WITHOUT_PAYLOADS } from './load-rows.ts'
import { traceLatency } from './measures.ts'
import { findNewest, findOrdered, type Page, type PageRequest } from './page.ts'
import { ask, atKeys, isAmong, ofProject, type Reader } from './reader.ts'

/** The columns that traces can be ordered by (public-api contract §4.1). */
export const TRACE_ORDER_COLUMNS = [
  'id',
  'timestamp',
  'name',
  'userId',
  'release',
  'version',
  'public',
  'bookmarked',
  'sessionId',
] as const
type TraceOrderColumn = (typeof TRACE_ORDER_COLUMNS)[number]

export interface TraceOrder {
  readonly column: TraceOrderColumn
  readonly direction: 'asc' | 'desc'
}

/** Parts of a trace that cost something to read. */
export interface TraceParts {
  readonly io: boolean
  readonly scores: boolean
  readonly observations: boolean
  readonly metrics: boolean
}

export interface TracesQuestion extends PageRequest {
  readonly filters: readonly Filter[]
  readonly order: TraceOrder
  readonly parts: TraceParts
  /** Milliseconds since the epoch: where the newest traces are looked for. */
  readonly now?: number
}

export interface TraceMetrics {
  /** US dollars; 0 when nothing has a cost. */
  readonly totalCost: number
  /** Seconds; 0 without observations. */
  readonly latency: number
}

/** A trace of a list. What was not asked for is empty or undefined. */
export interface ListedTrace {
  readonly trace: Trace
  /** Oldest first. */
  readonly observationIds: readonly string[]
  /** Newest first. */
  readonly scoreIds: readonly string[]
  readonly metrics: TraceMetrics | undefined
}

/** One page of the traces that fulfil all filters, with an exact total. @throws AppError `bad_request` as `filterSql` */
export async function findTraces(reader: Reader, question: TracesQuestion): Promise<Page<ListedTrace>> {
  const { values: keys, totalItems } = await findKeys(reader, question)
  const ids = keys.map((key) => textOf(key, 'id'))
  const { parts } = question
  const [rows, observed, scored] = await Promise.all([
    loadRows(reader, { table: sql`traces`, time: TRACE_TIME, columns: parts.io ? WHOLE : WITHOUT_PAYLOADS }, keys),
    parts.observations || parts.metrics ? summarise(reader, ids, parts) : [],
    parts.scores ? scoresOf(reader, ids) : [],
  ])
  const summaries = byTrace(observed)
  const scores = byTrace(scored)
  const values = rows.map((row): ListedTrace => {
    const trace = fromTraceRow(row).entity
    const summary = summaries.get(trace.id) ?? {}
    return {
      trace,
      observationIds: textsOf(summary, 'ids'),
      scoreIds: textsOf(scores.get(trace.id) ?? {}, 'ids'),
      metrics: parts.metrics
        ? { totalCost: numberOf(summary, 'total_cost'), latency: numberOf(summary, 'latency') }
        : undefined,
    }
  })
  return { values, totalItems }
}

function findKeys(reader: Reader, question: TracesQuestion): Promise<Page<Row>> {
  const listing = {
    from: sql`traces FINAL`,
    where: sql`${ofProject(reader.projectId)} AND ${filterSql('traces', question.filters, reader.projectId)}`,
    columns: sql`id, timestamp`,
    rows: filteredRows(reader, 'traces', question.filters),
  }
  const { column, direction } = question.order
  const now = question.filters.every(({ type }) => type === 'datetime') ? question.now : undefined
  if (column === 'timestamp' && direction === 'desc')
    return findNewest(reader, { ...listing, time: TRACE_TIME, now }, question)
  const way = direction === 'asc' ? sql`ASC` : sql`DESC`
  const order = [sql`${ORDER[column]} ${way}`, sql`timestamp ${way}`, sql`id ${way}`]
  return findOrdered(reader, { ...listing, order }, question)
}

const ORDER: Readonly<Record<TraceOrderColumn, Sql>> = {
  id: sql`id`,
  timestamp: sql`timestamp`,
  name: sql`name`,
  userId: sql`user_id`,
  release: sql`release`,
  version: sql`version`,
  public: sql`public`,
  bookmarked: sql`bookmarked`,
  sessionId: sql`session_id`,
}

/** One row a trace over the observations of just these traces. */
async function summarise(reader: Reader, ids: readonly string[], parts: TraceParts): Promise<Row[]> {
  if (ids.length === 0) return []
  const idList = parts.observations
    ? sql`arrayMap(pair -> pair.2, arraySort(groupArray((start_time, id))))`
    : sql`CAST([], 'Array(String)')`
  return ask(
    reader,
    sql`SELECT trace_id, ${idList} AS ids, sum(ifNull(total_cost, 0)) AS total_cost, ${traceLatency} AS latency FROM observations FINAL ${atKeys(reader, sql`trace_id`, ids)} GROUP BY trace_id`,
  )
}

async function scoresOf(reader: Reader, ids: readonly string[]): Promise<Row[]> {
  if (ids.length === 0) return []
  return ask(
    reader,
    sql`SELECT trace_id, arrayMap(pair -> pair.2, arrayReverseSort(groupArray((timestamp, id)))) AS ids FROM scores FINAL WHERE ${ofProject(reader.projectId)} AND ${isAmong(sql`trace_id`, ids)} AND data_type != 'CORRECTION' GROUP BY trace_id`,
  )
}

const byTrace = (rows: readonly Row[]): ReadonlyMap<string, Row> =>
  new Map(rows.map((row) => [textOf(row, 'trace_id'), row]))
