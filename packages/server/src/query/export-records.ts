/**
 * Records of one project as a file, piece by piece: whatever its size, little of it is in memory. Rows come in the
 * order in which they are kept, about by time.
 */
import { AppError } from '#domain/errors.ts'
import type { Filter } from '#domain/filter.ts'
import type { Nanos } from '#domain/time.ts'
import type { Engine, ExportFormat as EngineFormat } from '#store/engine.ts'
import { all, instant, join, type Sql, sql } from '#store/sql.ts'
import { EXPORT_COLUMNS, type ExportColumn, type ExportSubject } from './export-columns.ts'
import { filterSql } from './filter-sql.ts'
import { ofProject, type Reader } from './reader.ts'

export const EXPORT_FORMATS = ['jsonl', 'csv', 'parquet'] as const
export type ExportFormat = (typeof EXPORT_FORMATS)[number]

export interface ExportQuestion {
  readonly subject: ExportSubject
  readonly format: ExportFormat
  /** Of traces, observations and scores: conditions as their lists take them. */
  readonly filters: readonly Filter[]
  /** On a trace's timestamp, an observation's start, a score's or a point's timestamp; inclusive. */
  readonly from: Nanos | undefined
  /** Exclusive. */
  readonly to: Nanos | undefined
}

type ExportReader = Pick<Reader, 'projectId' | 'signal'> & { readonly engine: Pick<Engine, 'stream'> }

/**
 * The file's bytes; nothing is asked before they are read.
 * @throws AppError `bad_request` at once for filters that the subject does not know; while reading as `Engine.stream`
 */
export function exportRecords(reader: ExportReader, question: ExportQuestion): AsyncIterable<Uint8Array> {
  const columns = EXPORT_COLUMNS[question.subject]
  const statement = exportSql(reader, question)
  const bytes = reader.engine.stream(statement, ENGINE_FORMATS[question.format], reader.signal)
  return question.format === 'csv' ? withHeader(columns, bytes) : bytes
}

const ENGINE_FORMATS: Readonly<Record<ExportFormat, EngineFormat>> = {
  jsonl: 'JSONEachRow',
  csv: 'CSV',
  parquet: 'Parquet',
}

/** The names go with the first rows, so that a failure before them leaves nothing. */
async function* withHeader(
  columns: readonly ExportColumn[],
  rows: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const header = new TextEncoder().encode(`${columns.map(({ name }) => name).join(',')}\n`)
  let isFirst = true
  for await (const chunk of rows) {
    if (isFirst) yield header
    isFirst = false
    yield chunk
  }
  if (isFirst) yield header
}

function exportSql(reader: Pick<Reader, 'projectId'>, question: ExportQuestion): Sql {
  const { subject, format } = question
  const columns = join(
    EXPORT_COLUMNS[subject].map((column) => selected(column, format)),
    ', ',
  )
  return subject === 'metrics'
    ? metricsSql(columns, reader, question)
    : recordsSql(columns, reader, { ...question, subject })
}

/** In CSV without a name, which could be taken for the column in a condition; the header is ours. */
const selected = ({ sql: column, isStructure }: ExportColumn, format: ExportFormat): Sql =>
  isStructure && format === 'csv' ? sql`toJSONString(${column})` : column

const SOURCES = {
  traces: { view: 'traces', from: sql`traces FINAL`, time: sql`timestamp` },
  observations: { view: 'observationsV2', from: sql`observations FINAL`, time: sql`start_time` },
  scores: { view: 'scores', from: sql`scores FINAL`, time: sql`timestamp` },
} as const

function recordsSql(
  columns: Sql,
  { projectId }: Pick<Reader, 'projectId'>,
  { subject, filters, ...bounds }: Omit<ExportQuestion, 'subject'> & { readonly subject: keyof typeof SOURCES },
): Sql {
  const { view, from, time } = SOURCES[subject]
  const where = [ofProject(projectId), ...within(time, bounds), filterSql(view, filters, projectId)]
  return sql`SELECT ${columns} FROM ${from} WHERE ${all(where)}`
}

/** Points with the labels of their series. */
function metricsSql(columns: Sql, { projectId }: Pick<Reader, 'projectId'>, question: ExportQuestion): Sql {
  if (question.filters.length > 0)
    throw new AppError('bad_request', 'Metrics are exported without filters; leave filter out, or bound the time')
  const where = all([ofProject(projectId), ...within(sql`timestamp`, question)])
  const points = sql`SELECT name, series_id, timestamp, value FROM metric_points FINAL WHERE ${where}`
  const series = sql`SELECT name, series_id, labels FROM metric_series FINAL WHERE ${ofProject(projectId)}`
  return sql`SELECT ${columns} FROM (${points}) AS points LEFT ANY JOIN (${series}) AS series USING (name, series_id)`
}

function within(time: Sql, { from, to }: Pick<ExportQuestion, 'from' | 'to'>): Sql[] {
  return [
    ...(from === undefined ? [] : [sql`${time} >= ${instant(from)}`]),
    ...(to === undefined ? [] : [sql`${time} < ${instant(to)}`]),
  ]
}
