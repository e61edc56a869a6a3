import {
  METRIC_VIEWS,
  MetricsDto,
  MetricsQuery,
  MetricsQuestionV1,
  MetricsQuestionV2,
  MetricsSchemaDto,
} from '@xtrace/contract'
import { parseMetricsParam, toMetricsQuestion } from '#http/metrics-question.ts'
import { type ReadDeps, readerOf } from '#http/read-deps.ts'
import { type Route, route } from '#http/route.ts'
import { describeViews } from '#query/metrics/describe.ts'
import { findMetrics } from '#query/metrics/find-metrics.ts'

/** What the two versions of the question differ in (public-api contract §12.1). */
const VERSIONS = [
  {
    path: '/api/public/metrics',
    operationId: 'legacy_metricsV1_metrics',
    summary: 'Figures over traces, observations or scores',
    question: MetricsQuestionV1,
    defaultRows: undefined,
  },
  {
    path: '/api/public/v2/metrics',
    operationId: 'metrics_metrics',
    summary: 'Figures over observations or scores, at most 1000 rows',
    question: MetricsQuestionV2,
    // Bounds what grouping by users, sessions and other ids may give.
    defaultRows: 100,
  },
] as const

/** Figures by any dimension of a view. */
export function metricsQueryRoutes(deps: Pick<ReadDeps, 'engine'>): Route[] {
  return [schemaRoute(), ...questionRoutes(deps)]
}

function questionRoutes(deps: Pick<ReadDeps, 'engine'>): Route[] {
  return VERSIONS.map(({ path, operationId, summary, question, defaultRows }) =>
    route({
      method: 'GET',
      path,
      access: 'project',
      errors: 'langfuse',
      isRead: true,
      query: MetricsQuery,
      doc: {
        operationId,
        tag: 'Metrics',
        summary,
        description: '`query` is the JSON of a question: view, dimensions, metrics, filters and a span of time.',
        responses: { 200: MetricsDto },
      },
      handle: async (request) => {
        const asked = question.parse(parseMetricsParam(request.query.query))
        const data = await findMetrics(readerOf(request, deps.engine), toMetricsQuestion(asked, defaultRows))
        return { body: { data } }
      },
    }),
  )
}

function schemaRoute(): Route {
  return route({
    method: 'GET',
    path: '/api/public/v2/metrics/schema',
    access: 'project',
    errors: 'langfuse',
    doc: {
      operationId: 'metrics_schema',
      tag: 'Metrics',
      summary: 'The views, dimensions and measures that can be asked for',
      responses: { 200: MetricsSchemaDto },
    },
    handle: () => ({ body: { data: describeViews(METRIC_VIEWS) } }),
  })
}
