import type { Trace } from '#domain/trace.ts'
import { CLOCK_SLACK_NS } from '#query/clock-slack.ts'
import { HIDDEN, loadRows, TRACE_TIME } from '#query/load-rows.ts'
import { inputTokens, outputTokens, totalTokens, traceLatency } from '#query/measures.ts'
import { ask, atKeys, ofProject, type Reader } from '#query/reader.ts'
import type { Row } from '#store/engine.ts'
import { numberOf, optionalNumberOf, textOf, textsOf } from '#store/rows/cells.ts'
import { fromTraceRow } from '#store/rows/trace.ts'
import { instant, type Sql, sql, u32 } from '#store/sql.ts'
import { type ListedScore, scoresOfTraces } from './listed-scores.ts'
import { findPageKeys, type ListPage, type ListQuestion, type Source } from './listing.ts'
import { findMoreCells, type MoreCells } from './more-cells.ts'

export const TRACE_LIST_ORDERS = ['timestamp', 'name', 'latency', 'totalTokens', 'totalCost', 'errorCount'] as const
export type TraceListOrder = (typeof TRACE_LIST_ORDERS)[number]

/** One trace as the table of traces shows it; its input and output are their first `PREVIEW_CHARS` characters. */
export interface TraceListRow {
  readonly trace: Trace
  readonly observations: number
  readonly errors: number
  readonly warnings: number
  /** Seconds; undefined without observations. */
  readonly latency: number | undefined
  /** US dollars; undefined when no price is known. */
  readonly cost: number | undefined
  readonly inputTokens: number
  readonly outputTokens: number
  readonly totalTokens: number
  /** An observation has begun and not ended. */
  readonly isOpen: boolean
  readonly models: readonly string[]
  readonly scores: readonly ListedScore[]
  /** Of the columns that were asked for. */
  readonly more: MoreCells
}

export const PREVIEW_CHARS = 400

/** One page of the traces that fulfil the filters. @throws AppError `bad_request` as `filterSql` */
export async function listTraces(
  reader: Reader,
  question: ListQuestion<TraceListOrder>,
): Promise<ListPage<TraceListRow>> {
  const { rows: keys, scannedTo } = await findPageKeys(
    reader,
    {
      view: 'traces',
      ...orderOf(reader, question),
    },
    question,
  )
  const ids = keys.map((key) => textOf(key, 'id'))
  const [rows, sums, scores] = await Promise.all([
    loadRows(reader, { table: sql`traces`, time: TRACE_TIME, columns: PREVIEW }, keys),
    sumsOf(reader, ids),
    scoresOfTraces(reader, ids),
  ])
  const more = await findMoreCells(reader, { view: 'traces', keys, scores }, question.columns ?? [])
  const toRow = (row: Row): TraceListRow => {
    const id = textOf(row, 'id')
    return { ...toListRow(row, sums.get(id) ?? {}), scores: scores.get(id) ?? [], more: more(id) }
  }
  return { rows: rows.map(toRow), scannedTo }
}

const chars = u32(PREVIEW_CHARS)
const PREVIEW: Sql = sql`* EXCEPT (${HIDDEN}, metadata) REPLACE (substringUTF8(input, 1, ${chars}) AS input, substringUTF8(output, 1, ${chars}) AS output)`

const AGGREGATES: Readonly<Record<Exclude<TraceListOrder, 'timestamp' | 'name'>, Sql>> = {
  latency: traceLatency,
  totalTokens: sql`sum(${totalTokens})`,
  totalCost: sql`sumOrNull(total_cost)`,
  errorCount: sql`countIf(level = 'ERROR')`,
}

/** What the page is ordered by; nothing for newest first, which has a way of its own. */
function orderOf(reader: Reader, { order, from }: ListQuestion<TraceListOrder>): Pick<Source, 'order' | 'join'> {
  const { by, isAscending } = order
  if (by === 'timestamp') return { order: isAscending ? sql`timestamp` : undefined }
  if (by === 'name') return { order: sql`name` }
  const sums = sql`SELECT cityHash64(trace_id) AS summed, toNullable(toFloat64(${AGGREGATES[by]})) AS sum FROM observations FINAL WHERE ${ofProject(reader.projectId)} AND start_time >= ${instant(from - CLOCK_SLACK_NS)} GROUP BY summed`
  return { order: sql`sum`, join: sql` LEFT ANY JOIN (${sums}) AS sums ON cityHash64(id) = summed` }
}

async function sumsOf(reader: Reader, ids: readonly string[]): Promise<ReadonlyMap<string, Row>> {
  if (ids.length === 0) return new Map()
  const rows = await ask(
    reader,
    sql`SELECT trace_id, count() AS observations, countIf(level = 'ERROR') AS errors, countIf(level = 'WARNING') AS warnings, ${traceLatency} AS latency, sumOrNull(total_cost) AS cost, sum(${inputTokens}) AS input_tokens, sum(${outputTokens}) AS output_tokens, sum(${totalTokens}) AS total_tokens, countIf(end_time IS NULL AND type != 'EVENT') AS open, groupUniqArrayIf(8)(toString(model), model != '') AS models FROM observations FINAL ${atKeys(reader, sql`trace_id`, ids)} GROUP BY trace_id`,
  )
  return new Map(rows.map((row) => [textOf(row, 'trace_id'), row]))
}

function toListRow(row: Row, sums: Row): Omit<TraceListRow, 'scores' | 'more'> {
  return {
    trace: fromTraceRow(row).entity,
    observations: numberOf(sums, 'observations'),
    errors: numberOf(sums, 'errors'),
    warnings: numberOf(sums, 'warnings'),
    latency: optionalNumberOf(sums, 'latency'),
    cost: optionalNumberOf(sums, 'cost'),
    inputTokens: numberOf(sums, 'input_tokens'),
    outputTokens: numberOf(sums, 'output_tokens'),
    totalTokens: numberOf(sums, 'total_tokens'),
    isOpen: numberOf(sums, 'open') > 0,
    models: textsOf(sums, 'models'),
  }
}
