import { EventBody, GenerationBody, MetricsQuestionV2, ScoreBody, SpanBody, TraceBody } from '@xtrace/contract'
import type { Tool } from './tool.ts'

const traces: readonly Tool[] = [
  {
    name: 'listTraces',
    operation: 'trace_list',
    description: 'Lists traces by page, newest first, with totals of cost (USD) and latency (seconds).',
  },
  {
    name: 'getTrace',
    operation: 'trace_get',
    description: 'Gets one trace with all of its observations and scores.',
  },
  {
    name: 'createTrace',
    operation: 'legacy_trace',
    description: 'Records a trace, or changes the fields given of the one with that id.',
    body: TraceBody,
  },
  {
    name: 'deleteTrace',
    operation: 'trace_delete',
    description: 'Deletes a trace with its observations and scores. It can not be undone.',
  },
  { name: 'listSessions', operation: 'sessions_list', description: 'Lists sessions by page, newest first.' },
  { name: 'getSession', operation: 'sessions_get', description: 'Gets one session with its traces.' },
]

const observations: readonly Tool[] = [
  {
    name: 'listObservations',
    operation: 'observations_getMany',
    description:
      'Lists observations (spans, generations, tool calls and others), newest first. Give the cursor of the last answer for more; choose field groups with fields.',
  },
  { name: 'getObservation', operation: 'legacy_observationsV1_get', description: 'Gets one observation as a whole.' },
  { name: 'createSpan', operation: 'legacy_span', description: 'Records a span of a trace.', body: SpanBody },
  {
    name: 'createGeneration',
    operation: 'legacy_generation',
    description: 'Records a call of a model within a trace.',
    body: GenerationBody,
  },
  {
    name: 'createEvent',
    operation: 'legacy_event',
    description: 'Records a point in time of a trace.',
    body: EventBody,
  },
]

const scores: readonly Tool[] = [
  {
    name: 'listScores',
    operation: 'scoresV3_getMany',
    description: 'Lists scores, newest first. Give the cursor of the last answer for more.',
  },
  { name: 'getScore', operation: 'scores_getById', description: 'Gets one score.' },
  {
    name: 'createScore',
    operation: 'score_create',
    description: 'Scores a trace, an observation of a trace, a session or a run of a dataset.',
    body: ScoreBody,
  },
  { name: 'deleteScore', operation: 'legacy_score_delete', description: 'Deletes a score. It can not be undone.' },
]

const metrics: readonly Tool[] = [
  {
    name: 'queryMetrics',
    operation: 'metrics_metrics',
    description:
      'Counts, sums, averages and percentiles over observations or scores, by any dimensions and by time. Latency is in milliseconds, cost in USD. Ask getMetricsSchema first for the names of dimensions and measures.',
    json: { parameter: 'query', schema: MetricsQuestionV2 },
  },
  {
    name: 'getMetricsSchema',
    operation: 'metrics_schema',
    description: 'Tells what queryMetrics can be asked: dimensions, measures and aggregations of each view.',
  },
  {
    name: 'getDailyMetrics',
    operation: 'metrics_daily',
    description: 'Counts, tokens and cost by day and model, newest day first.',
  },
  {
    name: 'listMetricNames',
    operation: 'metrics_names',
    description: 'Lists the names of the time series that programs have sent.',
  },
  {
    name: 'queryMetricSeries',
    operation: 'metrics_query',
    description: 'Gets the values of a time series that programs have sent, in steps of time.',
  },
]

/** What programs recorded, and figures over it. */
export const RECORDED_TOOLS: readonly Tool[] = [...traces, ...observations, ...scores, ...metrics]
