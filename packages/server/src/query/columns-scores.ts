import { sql } from '#store/sql.ts'
import { type Column, ofTrace, own, ownId, ownMetadata } from './filter-column.ts'

/** What scores can be filtered by (public-api contract §1.8). */
export const SCORE_COLUMNS: readonly Column[] = [
  own('id', 'string', sql`id`),
  own('timestamp', 'datetime', sql`timestamp`),
  own('environment', 'string', sql`environment`),
  ownId('traceId', sql`trace_id`),
  ownId('observationId', sql`observation_id`),
  own('sessionId', 'string', sql`session_id`),
  own('datasetRunId experimentId', 'string', sql`dataset_run_id`),
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
  ofTrace('traceName', 'string', sql`name`),
  ofTrace('userId', 'string', sql`user_id`),
  ofTrace('trace_tags traceTags tags', 'array', sql`tags`),
  own('evaluatorId', 'string', sql`''`),
]
