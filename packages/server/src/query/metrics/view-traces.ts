import { totalTokens, traceLatencyMs } from '#query/measures.ts'
import { ofProject } from '#query/reader.ts'
import { sql } from '#store/sql.ts'
import { byName, type Measure, type MetricTable, measure, type Relation, text, texts } from './view.ts'

/** A trace without observations has none of any type, and no latency. */
const observations: Relation = ({ projectId, rows }) =>
  sql`LEFT JOIN (SELECT trace_id AS o_trace_id, count() AS o_count, toNullable(${traceLatencyMs}) AS o_latency, sum(${totalTokens}) AS o_tokens, sum(ifNull(total_cost, 0)) AS o_cost FROM observations FINAL WHERE ${ofProject(projectId)} AND trace_id IN (SELECT id FROM ${rows}) GROUP BY trace_id) AS of_observations ON o_trace_id = id`

const scores: Relation = ({ projectId, rows }) =>
  sql`LEFT JOIN (SELECT trace_id AS s_trace_id, count() AS s_count FROM scores FINAL WHERE ${ofProject(projectId)} AND trace_id IN (SELECT id FROM ${rows}) GROUP BY trace_id) AS of_scores ON s_trace_id = id`

const measures: readonly Measure[] = [
  measure('count', sql`1`),
  measure('observationsCount', sql`o_count`, { relation: observations }),
  measure('scoresCount', sql`s_count`, { relation: scores }),
  { name: 'uniqueUserIds', kind: 'distinct', sql: sql`user_id` },
  { name: 'uniqueSessionIds', kind: 'distinct', sql: sql`session_id` },
  measure('latency', sql`o_latency`, { relation: observations }),
  measure('totalTokens', sql`o_tokens`, { relation: observations }),
  measure('totalCost', sql`o_cost`, { relation: observations }),
]

/** Traces by their timestamp. Latency in milliseconds, cost in US dollars. */
export const TRACES: MetricTable = {
  table: sql`traces FINAL`,
  time: sql`timestamp`,
  condition: sql`1`,
  filters: 'traces',
  dimensions: byName([
    text('id', sql`id`),
    text('name', sql`name`),
    texts('tags', sql`tags`),
    text('userId', sql`user_id`),
    text('sessionId', sql`session_id`),
    text('release', sql`release`),
    text('version', sql`version`),
    text('environment', sql`environment`),
    text('timestampMonth', sql`formatDateTime(timestamp, '%Y-%m')`),
  ]),
  measures: byName(measures),
}
