import { sql } from '#store/sql.ts'
import { type Column, ofPartner, ofTrace, own, ownId, ownMetadata, ownOrOfTrace } from './filter-column.ts'
import { EXPERIMENT_OF_SCORE, OBSERVATION_OF_SCORE, TRACE_OF_SCORE } from './score-partners.ts'

const OWN: readonly Column[] = [
  own('id', 'string', sql`id`),
  own('timestamp', 'datetime', sql`timestamp`),
  own('environment', 'string', sql`environment`),
  ownId('traceId', sql`trace_id`),
  ownId('observationId', sql`observation_id`),
  own('name', 'string', sql`name`),
  own('value', 'number', sql`value`),
  own('booleanValue', 'boolean', sql`(data_type = 'BOOLEAN' AND value = 1)`),
  own('source', 'string', sql`source`),
  own('comment', 'string', sql`comment`),
  own('authorUserId', 'string', sql`author_user_id`),
  own('configId', 'string', sql`config_id`),
  own('queueId', 'string', sql`queue_id`),
  own('dataType', 'string', sql`data_type`),
  own('stringValue', 'string', sql`string_value`),
  ownMetadata(),
  own('evaluatorId', 'string', sql`''`),
]

/** What scores can be filtered by (public-api contract §1.8). */
export const SCORE_COLUMNS: readonly Column[] = [
  ...OWN,
  own('sessionId', 'string', sql`session_id`),
  own('datasetRunId experimentId', 'string', sql`dataset_run_id`),
  ofTrace('traceName', 'string', sql`name`),
  ofTrace('userId', 'string', sql`user_id`),
  ofTrace('trace_tags traceTags tags', 'array', sql`tags`),
]

/**
 * What metrics over scores can be filtered by (public-api contract §12.2): a score without the trace,
 * observation or experiment that a condition speaks of fulfils none.
 */
export const SCORE_METRIC_COLUMNS: readonly Column[] = [
  ...OWN,
  own('timestampMonth', 'string', sql`formatDateTime(timestamp, '%Y-%m')`),
  own('timestampDay', 'string', sql`toString(toDate(timestamp))`),
  own('datasetRunId', 'string', sql`dataset_run_id`),
  ownOrOfTrace('sessionId', 'string', { here: sql`session_id`, there: sql`session_id` }),
  ofPartner('traceName', 'string', { expression: sql`name`, partner: TRACE_OF_SCORE }),
  ofPartner('userId', 'string', { expression: sql`user_id`, partner: TRACE_OF_SCORE }),
  ofPartner('trace_tags traceTags tags', 'array', { expression: sql`tags`, partner: TRACE_OF_SCORE }),
  ofPartner('traceRelease', 'string', { expression: sql`release`, partner: TRACE_OF_SCORE }),
  ofPartner('traceVersion', 'string', { expression: sql`version`, partner: TRACE_OF_SCORE }),
  ofPartner('observationName', 'string', { expression: sql`name`, partner: OBSERVATION_OF_SCORE }),
  ofPartner('observationModelName', 'string', { expression: sql`model`, partner: OBSERVATION_OF_SCORE }),
  ofPartner('observationPromptName', 'string', { expression: sql`prompt_name`, partner: OBSERVATION_OF_SCORE }),
  ofPartner('observationPromptVersion', 'number', { expression: sql`prompt_version`, partner: OBSERVATION_OF_SCORE }),
  ofPartner('experimentName', 'string', { expression: sql`experiment_name`, partner: EXPERIMENT_OF_SCORE }),
  ofPartner('experimentId', 'string', { expression: sql`experiment_id`, partner: EXPERIMENT_OF_SCORE }),
]
