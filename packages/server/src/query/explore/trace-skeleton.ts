import { spellings } from '#domain/ids.ts'
import type { Nanos } from '#domain/time.ts'
import type { Trace } from '#domain/trace.ts'
import { WITHOUT_PAYLOADS } from '#query/load-rows.ts'
import { inputTokens, outputTokens, totalTokens } from '#query/measures.ts'
import { ask, atKeys, type Reader } from '#query/reader.ts'
import type { Row } from '#store/engine.ts'
import { nanosOf, numberOf, optionalNanosOf, optionalNumberOf, textOf, textsOf } from '#store/rows/cells.ts'
import { fromTraceRow } from '#store/rows/trace.ts'
import { type Sql, sql, str, strs } from '#store/sql.ts'

/** Keys of metadata by which the steps of an agent are grouped; a skeleton carries their values. */
export const GROUP_KEYS = ['run_id', 'turn_id', 'step_id', 'step_type', 'langgraph_node', 'graph.node.id'] as const

/** Characters of a status message that a skeleton carries. */
const STATUS_CHARS = 200

/** One observation without its payloads. Absent text is ''. */
export interface SkeletonNode {
  readonly id: string
  readonly parentId: string
  readonly name: string
  readonly type: string
  readonly level: string
  readonly model: string
  /** The first characters of it. */
  readonly status: string
  readonly start: Nanos
  readonly end: Nanos | undefined
  readonly firstToken: Nanos | undefined
  /** US dollars; undefined when unknown. */
  readonly cost: number | undefined
  readonly inputTokens: number
  readonly outputTokens: number
  readonly totalTokens: number
  readonly cachedTokens: number
  readonly promptName: string
  readonly promptVersion: number | undefined
  /** Values of `GROUP_KEYS`, in their order. */
  readonly groups: readonly string[]
  /** Milliseconds since the epoch of the last change. */
  readonly updatedAt: number
}

export interface TraceSkeleton {
  readonly trace: Trace
  /** By start, oldest first. */
  readonly nodes: readonly SkeletonNode[]
}

/** Everything that the views of a trace are drawn from but payloads; undefined when the project has no such trace. */
export async function findSkeleton(reader: Reader, id: string): Promise<TraceSkeleton | undefined> {
  const [traces, rows] = await Promise.all([
    ask(
      reader,
      sql`SELECT ${WITHOUT_PAYLOADS} FROM traces FINAL ${atKeys(reader, sql`id`, spellings(id))} ORDER BY id = ${str(id)} DESC LIMIT 1`,
    ),
    ask(
      reader,
      sql`SELECT ${NODE} FROM observations FINAL ${atKeys(reader, sql`trace_id`, spellings(id))} ORDER BY start_time, id`,
    ),
  ])
  const [trace] = traces
  return trace && { trace: fromTraceRow(trace).entity, nodes: rows.map(toNode) }
}

const cachedTokens = sql`arraySum(mapValues(mapFilter((k, v) -> position(k, 'cache') > 0 AND position(k, 'creation') = 0, usage)))`

const NODE: Sql = sql`id, parent_observation_id, name, type, level, model, substringUTF8(status_message, 1, ${{ type: 'UInt32', value: STATUS_CHARS }}) AS status, start_time, end_time, completion_start_time, total_cost, ${inputTokens} AS input_tokens, ${outputTokens} AS output_tokens, ${totalTokens} AS total_tokens, ${cachedTokens} AS cached_tokens, prompt_name, prompt_version, toUnixTimestamp64Milli(updated_at) AS changed, if(metadata = '{}', [], arrayMap(key -> JSONExtractString(metadata, key), ${strs(GROUP_KEYS)})) AS groups`

function toNode(row: Row): SkeletonNode {
  return {
    id: textOf(row, 'id'),
    parentId: textOf(row, 'parent_observation_id'),
    name: textOf(row, 'name'),
    type: textOf(row, 'type'),
    level: textOf(row, 'level'),
    model: textOf(row, 'model'),
    status: textOf(row, 'status'),
    start: nanosOf(row, 'start_time'),
    end: optionalNanosOf(row, 'end_time'),
    firstToken: optionalNanosOf(row, 'completion_start_time'),
    cost: optionalNumberOf(row, 'total_cost'),
    inputTokens: numberOf(row, 'input_tokens'),
    outputTokens: numberOf(row, 'output_tokens'),
    totalTokens: numberOf(row, 'total_tokens'),
    cachedTokens: numberOf(row, 'cached_tokens'),
    promptName: textOf(row, 'prompt_name'),
    promptVersion: optionalNumberOf(row, 'prompt_version'),
    groups: textsOf(row, 'groups'),
    updatedAt: numberOf(row, 'changed'),
  }
}
