import { AppError } from '#domain/errors.ts'
import { metadataTextSql } from '#query/filter-metadata.ts'
import { ask, ofProject, type Reader } from '#query/reader.ts'
import { numberOf, textOf } from '#store/rows/cells.ts'
import { type Sql, sql, str, u64 } from '#store/sql.ts'
import { EXPLORED_VIEWS, type ExploredRows, type ExploredView, exploredSql } from './explored-view.ts'

export interface SuggestQuestion extends ExploredRows {
  readonly view: ExploredView
  /** A public column, `metadata.<key or path>` for its values, `metadata` for its keys, `scores` for names of scores, `usage` for its types. */
  readonly field: string
  /** What has been typed of the value; matched anywhere in it, whatever the case. */
  readonly typed: string
}

export interface Suggestion {
  readonly value: string
  /** Rows that have it. */
  readonly count: number
}

const MAX_SUGGESTIONS = 20
/** A suggestion that comes later is of no use. */
const MAX_SECONDS = 2

/**
 * The most frequent values of one field among the rows that fulfil the other filters.
 * @throws AppError `bad_request` for a field that has none to suggest
 */
export async function suggestValues(reader: Reader, question: SuggestQuestion): Promise<Suggestion[]> {
  const { field, typed } = question
  const isOfTrace = question.view === 'observations' && OF_TRACE.has(field)
  const view = isOfTrace ? 'traces' : question.view
  const filters = isOfTrace ? [] : question.filters
  const { table } = EXPLORED_VIEWS[view]
  const values = valuesOf(view, field)
  const statement = sql`SELECT value, count() AS rows FROM (SELECT ${values} AS value FROM ${table} FINAL WHERE ${exploredSql(reader, view, { ...question, filters })}) WHERE value != '' AND positionCaseInsensitiveUTF8(value, ${str(typed)}) > 0 GROUP BY value ORDER BY rows DESC, value LIMIT ${u64(MAX_SUGGESTIONS)}`
  const rows = await ask(
    { ...reader, maxSeconds: MAX_SECONDS },
    field === 'scores' ? scoreNames(reader, typed) : statement,
  )
  return rows.map((row) => ({ value: textOf(row, 'value'), count: numberOf(row, 'rows') }))
}

const scoreNames = (reader: Reader, typed: string): Sql =>
  sql`SELECT toString(name) AS value, count() AS rows FROM scores FINAL WHERE ${ofProject(reader.projectId)} AND positionCaseInsensitiveUTF8(value, ${str(typed)}) > 0 GROUP BY value ORDER BY rows DESC, value LIMIT ${u64(MAX_SUGGESTIONS)}`

const COMMON: Readonly<Record<string, Sql>> = {
  name: sql`name`,
  environment: sql`toString(environment)`,
  version: sql`toString(version)`,
  userId: sql`user_id`,
  sessionId: sql`session_id`,
  release: sql`toString(release)`,
  tags: sql`toString(arrayJoin(tags))`,
  metadata: sql`arrayJoin(JSONExtractKeys(metadata))`,
}

const VALUES: Readonly<Record<ExploredView, Readonly<Record<string, Sql>>>> = {
  traces: { ...COMMON, traceName: sql`name` },
  observations: {
    ...COMMON,
    type: sql`toString(type)`,
    level: sql`toString(level)`,
    model: sql`toString(model)`,
    statusMessage: sql`substringUTF8(status_message, 1, 200)`,
    promptName: sql`toString(prompt_name)`,
    calledToolNames: sql`toString(arrayJoin(tool_call_names))`,
    toolNames: sql`arrayJoin(mapKeys(tool_definitions))`,
    experimentName: sql`experiment_name`,
    usage: sql`toString(arrayJoin(mapKeys(usage)))`,
  },
}

/** What observations take from their trace: suggested from the traces of the time, whatever the other filters. */
const OF_TRACE = new Set(['userId', 'sessionId', 'tags', 'release', 'traceName'])

const METADATA = 'metadata.'

function valuesOf(view: ExploredView, field: string): Sql {
  if (field === 'scores') return sql`''`
  if (field.startsWith(METADATA))
    return sql`substringUTF8(${metadataTextSql(sql`metadata`, field.slice(METADATA.length))}, 1, 200)`
  const values = VALUES[view][field]
  if (!values) throw new AppError('bad_request', `${field} has no values to suggest for ${view}`)
  return values
}
