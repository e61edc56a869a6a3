import { AppError } from '#domain/errors.ts'
import { spellings } from '#domain/ids.ts'
import type { Nanos } from '#domain/time.ts'
import type { Trace } from '#domain/trace.ts'
import { WITHOUT_PAYLOADS } from '#query/load-rows.ts'
import { inputTokens, outputTokens, totalTokens } from '#query/measures.ts'
import { ask, atKeys, type Reader } from '#query/reader.ts'
import type { Row } from '#store/engine.ts'
import { numberOf, textOf, textsOf } from '#store/rows/cells.ts'
import { fromTraceRow } from '#store/rows/trace.ts'
import { type Sql, sql, str, strs, u32 } from '#store/sql.ts'

/** Keys of which OpenTelemetry makes attributes of a span: they stand in the metadata, or among the attributes there. */
const ATTRIBUTE_KEYS = ['graph.node.id', 'graph.node.parent_id', 'gen_ai.agent.name'] as const
/** Keys of metadata by which the steps of an agent are grouped; a skeleton carries their values. */
const GROUP_KEYS = [
  ...ATTRIBUTE_KEYS,
  'run_id',
  'turn_id',
  'step_id',
  'step_type',
  'agent_id',
  'agent_name',
  'langgraph_node',
] as const

/**
 * The observations of a trace by start, oldest first: every list has one entry for each. Absent text is ''. In columns,
 * as the engine keeps them: an object a row costs four times as much.
 */
export interface SkeletonNodes {
  readonly ids: readonly string[]
  readonly parentIds: readonly string[]
  readonly names: readonly string[]
  readonly types: readonly string[]
  readonly levels: readonly string[]
  readonly models: readonly string[]
  /** The first characters of them. */
  readonly statuses: readonly string[]
  /** The earliest start; undefined without any observation. */
  readonly firstStart: Nanos | undefined
  /** Milliseconds after `firstStart`; null where nothing is recorded. */
  readonly starts: readonly number[]
  readonly ends: readonly (number | null)[]
  readonly firstTokens: readonly (number | null)[]
  /** US dollars; null when unknown. */
  readonly costs: readonly (number | null)[]
  readonly inputTokens: readonly number[]
  readonly outputTokens: readonly number[]
  readonly totalTokens: readonly number[]
  readonly cachedTokens: readonly number[]
  readonly promptNames: readonly string[]
  readonly promptVersions: readonly (number | null)[]
  /** Values by key of `GROUP_KEYS`, of keys that any observation has. */
  readonly groups: ReadonlyMap<string, readonly string[]>
  /** Milliseconds since the epoch of the last change; 0 without any observation. */
  readonly updatedAt: number
}

export interface TraceSkeleton {
  readonly trace: Trace
  readonly nodes: SkeletonNodes
}

interface SkeletonQuestion {
  /** Of the trace. */
  readonly id: string
  /** Characters of each status message. */
  readonly statusChars: number
}

/** Everything that the views of a trace are drawn from but payloads; undefined when the project has no such trace. */
export async function findSkeleton(
  reader: Reader,
  { id, statusChars }: SkeletonQuestion,
): Promise<TraceSkeleton | undefined> {
  const [traces, [columns]] = await Promise.all([
    ask(
      reader,
      sql`SELECT ${WITHOUT_PAYLOADS} FROM traces FINAL ${atKeys(reader, sql`id`, spellings(id))} ORDER BY id = ${str(id)} DESC LIMIT 1`,
    ),
    ask(
      reader,
      sql`SELECT ${COLUMNS} FROM (SELECT ${nodeSql(statusChars)} FROM observations FINAL ${atKeys(reader, sql`trace_id`, spellings(id))} ORDER BY start_time, id)`,
    ),
  ])
  const [trace] = traces
  return trace && { trace: fromTraceRow(trace).entity, nodes: toNodes(columns ?? {}) }
}

/** Read from a cache: what was written to one is another kind. */
const cachedTokens = sql`arraySum(mapValues(mapFilter((k, v) -> position(k, 'cache') > 0 AND NOT multiSearchAny(k, ['creation', 'write']), usage)))`

/** The values of keys of the metadata, or of one of its objects, all of them read in one go. */
const valuesOf = (keys: readonly string[], place: Sql): Sql =>
  sql`arrayMap(pair -> pair.2, tupleToNameValuePairs(JSONExtract(${place}, ${str(`Tuple(${keys.map((key) => `\`${key}\` String`).join(', ')})`)})))`

/** Most metadata has none of the keys, and need not be parsed. */
const groupValues: Sql = sql`if(multiSearchAny(metadata, ${strs(GROUP_KEYS)}), arrayConcat(${valuesOf(GROUP_KEYS, sql`metadata`)}, if(multiSearchAny(metadata, ${strs(ATTRIBUTE_KEYS)}), ${valuesOf(ATTRIBUTE_KEYS, sql`metadata, 'attributes'`)}, [])), [])`

const firstStart = sql`min(toUnixTimestamp64Nano(start_time)) OVER ()`
/** Numbers that are not recorded leave the engine as NaN, which JSON spells null: aggregates pass over NULL. */
const orNaN = (value: Sql): Sql => sql`ifNull(${value}, nan)`
const afterFirst = (instant: Sql): Sql => orNaN(sql`(toUnixTimestamp64Nano(${instant}) - first) / 1e6`)

const nodeSql = (statusChars: number): Sql =>
  sql`id, start_time, parent_observation_id, name, type, level, model, substringUTF8(status_message, 1, ${u32(statusChars)}) AS status, ${firstStart} AS first, ${afterFirst(sql`start_time`)} AS start, ${afterFirst(sql`end_time`)} AS end, ${afterFirst(sql`completion_start_time`)} AS first_token, ${orNaN(sql`total_cost`)} AS cost, toFloat64(${inputTokens}) AS input, toFloat64(${outputTokens}) AS output, toFloat64(${totalTokens}) AS total, toFloat64(${cachedTokens}) AS cached, prompt_name, ${orNaN(sql`prompt_version`)} AS prompt, toUnixTimestamp64Milli(updated_at) AS changed, ${groupValues} AS group_values`

/** One row with a list for each column; the lists keep the order of the rows below. */
const COLUMNS: Sql = sql`any(first) AS first_start, max(changed) AS last_change, groupArray(id) AS ids, groupArray(parent_observation_id) AS parent_ids, groupArray(name) AS names, groupArray(type) AS types, groupArray(level) AS levels, groupArray(model) AS models, groupArray(status) AS statuses, groupArray(start) AS starts, groupArray(end) AS ends, groupArray(first_token) AS first_tokens, groupArray(cost) AS costs, groupArray(input) AS inputs, groupArray(output) AS outputs, groupArray(total) AS totals, groupArray(cached) AS cached_tokens, groupArray(prompt_name) AS prompt_names, groupArray(prompt) AS prompt_versions, if(max(notEmpty(group_values)), groupArray(group_values), []) AS groups`

function toNodes(row: Row): SkeletonNodes {
  const ids = textsOf(row, 'ids')
  return {
    ids,
    parentIds: textsOf(row, 'parent_ids'),
    names: textsOf(row, 'names'),
    types: textsOf(row, 'types'),
    levels: textsOf(row, 'levels'),
    models: textsOf(row, 'models'),
    statuses: textsOf(row, 'statuses'),
    firstStart: ids.length === 0 ? undefined : BigInt(textOf(row, 'first_start')),
    starts: numbersOf(row, 'starts').map((ms) => ms ?? 0),
    ends: numbersOf(row, 'ends'),
    firstTokens: numbersOf(row, 'first_tokens'),
    costs: numbersOf(row, 'costs'),
    inputTokens: numbersOf(row, 'inputs').map((count) => count ?? 0),
    outputTokens: numbersOf(row, 'outputs').map((count) => count ?? 0),
    totalTokens: numbersOf(row, 'totals').map((count) => count ?? 0),
    cachedTokens: numbersOf(row, 'cached_tokens').map((count) => count ?? 0),
    promptNames: textsOf(row, 'prompt_names'),
    promptVersions: numbersOf(row, 'prompt_versions'),
    groups: groupsOf(row),
    updatedAt: ids.length === 0 ? 0 : numberOf(row, 'last_change'),
  }
}

function listOf(row: Row, column: string): readonly unknown[] {
  const cell = row[column] ?? []
  if (!Array.isArray(cell)) throw new AppError('internal', `Column ${column} should be a list`)
  return cell
}

const numbersOf = (row: Row, column: string): (number | null)[] =>
  listOf(row, column).map((cell) => (typeof cell === 'number' ? cell : null))

/** The values of each observation, turned into the observations of each key; those of attributes stand behind all others. */
function groupsOf(row: Row): ReadonlyMap<string, readonly string[]> {
  const values = listOf(row, 'groups')
  const valueAt = (own: unknown, at: number): string => (Array.isArray(own) ? String(own[at] ?? '') : '')
  const columns = GROUP_KEYS.map((key, at) => {
    const attribute = at < ATTRIBUTE_KEYS.length ? GROUP_KEYS.length + at : -1
    return [key, values.map((own) => valueAt(own, at) || valueAt(own, attribute))] as const
  })
  return new Map(columns.filter(([, column]) => column.some((value) => value !== '')))
}
