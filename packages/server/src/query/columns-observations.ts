import { type Sql, sql } from '#store/sql.ts'
import { type Column, ignored, ofTrace, own, ownId, ownMetadata, ownOrOfTrace, ownText } from './filter-column.ts'
import { ofScores } from './filter-scores.ts'
import { fullTextOfObservations } from './full-text.ts'
import {
  inputCost,
  inputTokens,
  isRoot,
  latency,
  outputCost,
  outputTokens,
  timeToFirstToken,
  totalTokens,
} from './measures.ts'

const same = (expression: Sql) => ({ here: expression, there: expression })

const COMMON: readonly Column[] = [
  ownId('id', sql`id`),
  own('type', 'string', sql`type`),
  own('name', 'string', sql`name`),
  ownId('traceId', sql`trace_id`),
  ownId('parentObservationId', sql`parent_observation_id`),
  own('startTime', 'datetime', sql`start_time`),
  own('endTime', 'datetime', sql`end_time`),
  own('environment', 'string', sql`environment`),
  own('level', 'string', sql`level`),
  own('statusMessage', 'string', sql`status_message`),
  own('version', 'string', sql`version`),
  own('model providedModelName', 'string', sql`model`),
  own('modelId internalModelId', 'string', sql`model_id`),
  ownOrOfTrace('userId', 'string', same(sql`user_id`)),
  ownOrOfTrace('sessionId', 'string', same(sql`session_id`)),
  ownOrOfTrace('traceName', 'string', { here: sql`trace_name`, there: sql`name` }),
  ofTrace('traceEnvironment', 'string', sql`environment`),
  ownMetadata(),
  own('timeToFirstToken', 'number', timeToFirstToken),
  own('latency', 'number', latency),
  own('tokensPerSecond', 'number', sql`(${outputTokens} / nullIf(${latency}, 0))`),
  own('inputTokens', 'number', inputTokens),
  own('outputTokens', 'number', outputTokens),
  own('totalTokens tokens', 'number', totalTokens),
  own('inputCost', 'number', inputCost),
  own('outputCost', 'number', outputCost),
  own('totalCost', 'number', sql`total_cost`),
  own('promptName', 'string', sql`prompt_name`),
  own('promptVersion', 'number', sql`prompt_version`),
  own('toolDefinitions', 'number', sql`length(tool_definitions)`),
  own('toolCalls', 'number', sql`length(tool_calls)`),
  own('toolNames', 'array', sql`mapKeys(tool_definitions)`),
  own('calledToolNames', 'array', sql`tool_call_names`),
]

/** What v1 observations can be filtered by (public-api contract §1.8). Conditions on scores are dropped. */
export const OBSERVATION_COLUMNS: readonly Column[] = [
  ...COMMON,
  ownOrOfTrace('traceTags', 'array', same(sql`tags`)),
  ignored('scores_avg scores', 'scoreAverage'),
  ignored('score_categories', 'scoreCategory'),
  ignored('score_booleans', 'scoreBoolean'),
]

/** What v2 observations can be filtered by. Their scores are those that were given to them, not to their trace. */
export const OBSERVATION_V2_COLUMNS: readonly Column[] = [
  ...COMMON,
  ownText('input', sql`input`),
  ownText('output', sql`output`),
  fullTextOfObservations,
  ofScores('scores_avg|scores|Scores (numeric)', 'scoreAverage', 'observation'),
  ofScores('score_categories|Scores (categorical)', 'scoreCategory', 'observation'),
  ofScores('score_booleans|Scores (boolean)', 'scoreBoolean', 'observation'),
  ownOrOfTrace('traceTags tags', 'array', same(sql`tags`)),
  ownOrOfTrace('release', 'string', same(sql`release`)),
  own('hasParentObservation', 'boolean', sql`parent_observation_id != ''`),
  own('isRootObservation', 'boolean', isRoot),
  own('hasInput', 'boolean', sql`input != ''`),
  own('hasOutput', 'boolean', sql`output != ''`),
  own('experimentId', 'string', sql`experiment_id`),
  own('experimentName', 'string', sql`experiment_name`),
  own('experimentDatasetId', 'string', sql`experiment_dataset_id`),
  own('isExperimentItemRootSpan', 'boolean', sql`(id = experiment_item_root_observation_id)`),
  own('ingestionApiKey', 'string', sql`api_key`),
  own('ingestionSdkName', 'string', sql`sdk_name`),
  own('ingestionSdkVersion', 'string', sql`sdk_version`),
  own('ingestionSource', 'string', sql`via`),
]

/**
 * What metrics over observations can be filtered by (public-api contract §12.2). The types of cost and
 * usage are those of the parts into which such a condition breaks an observation.
 */
export const OBSERVATION_METRIC_COLUMNS: readonly Column[] = [
  ...OBSERVATION_V2_COLUMNS,
  ownOrOfTrace('traceRelease', 'string', same(sql`release`)),
  ofTrace('traceVersion', 'string', sql`version`),
  own('startTimeMonth', 'string', sql`formatDateTime(start_time, '%Y-%m')`),
  own('costType', 'string', sql`cost_type`),
  own('usageType', 'string', sql`usage_type`),
]
