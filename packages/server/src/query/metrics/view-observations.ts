import {
  inputCost,
  inputTokens,
  isRoot,
  latency,
  latencyMs,
  outputCost,
  outputTokens,
  streamingLatency,
  streamingLatencyMs,
  timeToFirstTokenMs,
  totalTokens,
} from '#query/measures.ts'
import { ofProject } from '#query/reader.ts'
import { sql } from '#store/sql.ts'
import {
  byName,
  type Dimension,
  digits,
  flag,
  type Measure,
  type MetricTable,
  measure,
  type Relation,
  text,
  texts,
} from './view.ts'

const trace: Relation = ({ projectId, rows }) =>
  sql`INNER JOIN (SELECT id AS t_id, name AS t_name, user_id AS t_user_id, session_id AS t_session_id, tags AS t_tags, release AS t_release, version AS t_version FROM traces FINAL WHERE ${ofProject(projectId)} AND id IN (SELECT trace_id FROM ${rows})) AS of_trace ON t_id = trace_id`

const scores: Relation = ({ projectId, rows }) =>
  sql`LEFT JOIN (SELECT observation_id AS s_observation_id, count() AS s_count FROM scores FINAL WHERE ${ofProject(projectId)} AND observation_id IN (SELECT id FROM ${rows}) GROUP BY observation_id) AS of_scores ON s_observation_id = id`

const ofTrace = { relation: trace }

/** What the span said itself, or else its trace: as filters on these columns read it. */
const userId = sql`if(user_id != '', user_id, t_user_id)`
const sessionId = sql`if(session_id != '', session_id, t_session_id)`
const release = sql`if(release != '', release, t_release)`

/** The parts of a sum: `total` is left out, unless it is all there is. */
const costParts = sql`if(length(cost) > 1, mapFilter((k, v) -> k != 'total', cost), cost)`
const usageParts = sql`if(length(usage) > 1, mapFilter((k, v) -> k != 'total', usage), usage)`
const costs = { expansion: sql`mapKeys(${costParts}) AS cost_type, mapValues(${costParts}) AS cost_value` }
const usages = { expansion: sql`mapKeys(${usageParts}) AS usage_type, mapValues(${usageParts}) AS usage_value` }

const dimensions: readonly Dimension[] = [
  text('id', sql`id`),
  text('traceId', sql`trace_id`),
  text('traceName', sql`if(trace_name != '', trace_name, t_name)`, ofTrace),
  text('environment', sql`environment`),
  text('parentObservationId', sql`parent_observation_id`),
  text('type', sql`type`),
  text('name', sql`name`),
  text('level', sql`level`),
  text('version', sql`version`),
  texts('tags', sql`if(notEmpty(tags), tags, t_tags)`, ofTrace),
  text('providedModelName', sql`model`),
  text('promptName', sql`prompt_name`),
  digits('promptVersion', sql`prompt_version`),
  text('userId', userId, ofTrace),
  text('sessionId', sessionId, ofTrace),
  text('release', release, ofTrace),
  text('traceRelease', release, ofTrace),
  text('traceVersion', sql`t_version`, ofTrace),
  text('startTimeMonth', sql`formatDateTime(start_time, '%Y-%m')`),
  text('toolNames', sql`tool_name`, { expansion: sql`mapKeys(tool_definitions) AS tool_name` }),
  text('calledToolNames', sql`called_tool`, { expansion: sql`arrayDistinct(tool_call_names) AS called_tool` }),
  flag('isRootObservation', isRoot),
  text('costType', sql`cost_type`, costs),
  text('usageType', sql`usage_type`, usages),
  text('experimentName', sql`experiment_name`),
  text('experimentDatasetId', sql`experiment_dataset_id`),
  text('experimentId', sql`experiment_id`),
]

const measures: readonly Measure[] = [
  measure('count', sql`1`),
  measure('latency', latencyMs),
  measure('streamingLatency', streamingLatencyMs),
  measure('inputTokens', inputTokens),
  measure('outputTokens', outputTokens),
  measure('totalTokens', totalTokens),
  measure('outputTokensPerSecond', sql`${outputTokens} / nullIf(${streamingLatency}, 0)`),
  measure('tokensPerSecond', sql`${totalTokens} / nullIf(${latency}, 0)`),
  measure('inputCost', inputCost),
  measure('outputCost', outputCost),
  measure('totalCost', sql`total_cost`),
  measure('timeToFirstToken', timeToFirstTokenMs),
  measure('countScores', sql`s_count`, { relation: scores }),
  measure('toolDefinitions', sql`length(tool_definitions)`),
  measure('toolCalls', sql`length(tool_calls)`),
  { name: 'traceId', kind: 'text', sql: sql`trace_id` },
  { name: 'uniqueUserIds', kind: 'distinct', sql: userId, ...ofTrace },
  { name: 'uniqueSessionIds', kind: 'distinct', sql: sessionId, ...ofTrace },
  measure('costByType', sql`cost_value`, costs),
  measure('usageByType', sql`usage_value`, usages),
]

/**
 * Observations by their start. Times in milliseconds, costs in US dollars, rates a second: of all
 * tokens over the whole observation, of output tokens from the first one on.
 */
export const OBSERVATIONS: MetricTable = {
  table: sql`observations FINAL`,
  time: sql`start_time`,
  condition: sql`1`,
  filters: 'observationMetrics',
  dimensions: byName(dimensions),
  measures: byName(measures),
}
