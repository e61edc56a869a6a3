import { EXPERIMENT_OF_SCORE, OBSERVATION_OF_SCORE, type Partner, TRACE_OF_SCORE } from '#query/score-partners.ts'
import { type Sql, sql } from '#store/sql.ts'
import { byName, type Dimension, digits, flag, type MetricTable, measure, type Relation, text, texts } from './view.ts'

/** One row a partner that a score of the question has; `columns` begin with its id. */
const partners = (partner: Partner, columns: Sql): Relation => {
  return ({ projectId, rows }) =>
    sql`(SELECT ${columns} FROM ${partner.rows(projectId)} AND ${partner.id} IN (SELECT ${partner.key} FROM ${rows}) LIMIT 1 BY ${partner.id})`
}

const traces = partners(
  TRACE_OF_SCORE,
  sql`id AS t_id, name AS t_name, user_id AS t_user_id, tags AS t_tags, release AS t_release, version AS t_version`,
)
const trace: Relation = (scope) => sql`INNER JOIN ${traces(scope)} AS of_trace ON t_id = trace_id`

/** For what a score may say without a trace. */
const traceSessions = partners(TRACE_OF_SCORE, sql`id AS l_id, session_id AS l_session_id`)
const traceSession: Relation = (scope) => sql`LEFT JOIN ${traceSessions(scope)} AS of_session ON l_id = trace_id`

const observations = partners(
  OBSERVATION_OF_SCORE,
  sql`id AS o_id, name AS o_name, model AS o_model, prompt_name AS o_prompt_name, prompt_version AS o_prompt_version`,
)
const observation: Relation = (scope) =>
  sql`INNER JOIN ${observations(scope)} AS of_observation ON o_id = observation_id`

const experiment: Relation = ({ projectId }) => {
  const { key, id, rows } = EXPERIMENT_OF_SCORE
  return sql`INNER JOIN (SELECT ${id} AS e_key, min(experiment_id) AS e_id, min(experiment_name) AS e_name FROM ${rows(projectId)} GROUP BY e_key) AS of_experiment ON e_key = ${key}`
}

const ofTrace = { relation: trace }
const ofObservation = { relation: observation }
const ofExperiment = { relation: experiment }

const dimensions: readonly Dimension[] = [
  text('id', sql`id`),
  text('environment', sql`environment`),
  text('name', sql`name`),
  text('source', sql`source`),
  text('dataType', sql`data_type`),
  text('traceId', sql`trace_id`),
  text('configId', sql`config_id`),
  text('timestampMonth', sql`formatDateTime(timestamp, '%Y-%m')`),
  text('timestampDay', sql`toString(toDate(timestamp))`),
  text('observationId', sql`observation_id`),
  // Nothing is stored of evaluators: no score has one.
  text('evaluatorId', sql`''`),
  text('traceName', sql`t_name`, ofTrace),
  texts('tags', sql`t_tags`, ofTrace),
  text('userId', sql`t_user_id`, ofTrace),
  text('sessionId', sql`if(session_id != '', session_id, l_session_id)`, { relation: traceSession }),
  text('traceRelease', sql`t_release`, ofTrace),
  text('traceVersion', sql`t_version`, ofTrace),
  text('observationName', sql`o_name`, ofObservation),
  text('observationModelName', sql`o_model`, ofObservation),
  text('observationPromptName', sql`o_prompt_name`, ofObservation),
  digits('observationPromptVersion', sql`o_prompt_version`, ofObservation),
  text('datasetRunId', sql`dataset_run_id`),
  text('experimentName', sql`e_name`, ofExperiment),
  text('experimentId', sql`e_id`, ofExperiment),
]

const count = measure('count', sql`1`)
const value = measure('value', sql`value`)

const scores = (condition: Sql, own: Pick<MetricTable, 'dimensions' | 'measures'>): MetricTable => ({
  table: sql`scores FINAL`,
  time: sql`timestamp`,
  condition,
  filters: 'scoreMetrics',
  ...own,
})

/** Scores with a number, by their timestamp; a boolean one counts as 0 or 1. */
export const NUMERIC_SCORES = scores(sql`data_type IN ('NUMERIC', 'BOOLEAN')`, {
  dimensions: byName([...dimensions, digits('value', sql`value`)]),
  measures: byName([count, value]),
})

/** Boolean scores: the average of `value` is the rate of true. */
export const BOOLEAN_SCORES = scores(sql`data_type = 'BOOLEAN'`, {
  dimensions: byName([...dimensions, digits('value', sql`value`), flag('booleanValue', sql`(value = 1)`)]),
  measures: byName([count, value]),
})

export const CATEGORICAL_SCORES = scores(sql`data_type = 'CATEGORICAL'`, {
  dimensions: byName([...dimensions, text('stringValue', sql`string_value`)]),
  measures: byName([count]),
})
