import { sql } from '#store/sql.ts'
import { type Column, ofObservations, own, ownId, ownMetadata } from './filter-column.ts'
import { ofScores } from './filter-scores.ts'
import { fullTextOfTraces } from './full-text.ts'
import { inputCost, inputTokens, outputCost, outputTokens, totalTokens, traceLatency } from './measures.ts'

/** What traces can be filtered by (public-api contract §1.8). */
export const TRACE_COLUMNS: readonly Column[] = [
  ownId('id traceId', sql`id`),
  own('name traceName', 'string', sql`name`),
  own('timestamp', 'datetime', sql`timestamp`),
  own('timestampMonth', 'string', sql`formatDateTime(timestamp, '%Y-%m')`),
  own('userId', 'string', sql`user_id`),
  own('sessionId', 'string', sql`session_id`),
  own('environment', 'string', sql`environment`),
  own('version', 'string', sql`version`),
  own('release', 'string', sql`release`),
  own('tags traceTags', 'array', sql`tags`),
  own('bookmarked ⭐️', 'boolean', sql`bookmarked`),
  own('public', 'boolean', sql`public`),
  ownMetadata(),
  fullTextOfTraces,
  ofObservations(
    'level',
    'string',
    sql`multiIf(countIf(level = 'ERROR') > 0, 'ERROR', countIf(level = 'WARNING') > 0, 'WARNING', countIf(level = 'DEFAULT') > 0, 'DEFAULT', 'DEBUG')`,
  ),
  ofObservations('latency', 'number', traceLatency),
  ofObservations('inputTokens', 'number', sql`sum(${inputTokens})`),
  ofObservations('outputTokens', 'number', sql`sum(${outputTokens})`),
  ofObservations('totalTokens tokens', 'number', sql`sum(${totalTokens})`),
  ofObservations('inputCost', 'number', sql`sum(${inputCost})`),
  ofObservations('outputCost', 'number', sql`sum(${outputCost})`),
  ofObservations('totalCost', 'number', sql`sum(ifNull(total_cost, 0))`),
  ofObservations('errorCount errorLevelCount', 'number', sql`countIf(level = 'ERROR')`),
  ofObservations('warningCount warningLevelCount', 'number', sql`countIf(level = 'WARNING')`),
  ofObservations('defaultCount defaultLevelCount', 'number', sql`countIf(level = 'DEFAULT')`),
  ofObservations('debugCount debugLevelCount', 'number', sql`countIf(level = 'DEBUG')`),
  ofScores('score_categories|Scores (categorical)', 'scoreCategory', 'trace'),
  ofScores('score_booleans|Scores (boolean)', 'scoreBoolean', 'trace'),
  ofScores('scores_avg|scores|Scores (numeric)', 'scoreAverage', 'trace'),
  // Nothing is stored of evaluators and rules yet: no trace has one.
  own('evaluatorId', 'string', sql`''`),
  own('ruleId', 'string', sql`''`),
]
