import { ExperimentItemsDto, ExperimentItemsQuery, ExperimentsDto, ExperimentsQuery } from '@xtrace/contract'
import { AppError } from '#domain/errors.ts'
import { toExperimentDto, toExperimentItemDto } from '#http/dto/experiment-dto.ts'
import { anyOf, nanosOf, parseFilters } from '#http/filter-params.ts'
import { type Route, type RouteRequest, route } from '#http/route.ts'
import { type ExperimentItem, findExperimentItems } from '#query/experiment-items.ts'
import { scoresOfItems, scoresOfRuns } from '#query/experiment-scores.ts'
import { type ExperimentSummary, findExperiments } from '#query/experiments.ts'
import { overriding } from '#query/filter-sql.ts'
import { type Place, parseExperimentToken } from '#query/page-token.ts'
import { type DatasetDeps, sourceOf } from './dataset-deps.ts'

/** Experiments and their items by cursor (public-api contract §11, §26.1). */
export function experimentRoutes(deps: DatasetDeps): Route[] {
  return [experimentsRoute(deps), experimentItemsRoute(deps)]
}

function experimentsRoute(deps: DatasetDeps): Route {
  return route({
    method: 'GET',
    path: '/api/public/experiments',
    access: 'project',
    errors: 'langfuse',
    isRead: true,
    query: ExperimentsQuery,
    doc: {
      operationId: 'experiments_list',
      tag: 'Experiments',
      summary: 'List the experiments of a span of time, the latest active first',
      responses: { 200: ExperimentsDto },
    },
    handle: async (request) => {
      const { query } = request
      const metadata = query.fields?.includes('metadata') ?? false
      const { values, cursor } = await findExperiments(sourceOf(request, deps), {
        ...windowOf(query),
        filters: overriding('experiments', simpleFilters(query), parseFilters(query.filter)),
        after: placeOf(query.cursor),
        limit: query.limit,
        withMetadata: metadata,
      })
      const scores = await scoresIn(request, deps, values)
      const data = values.map((experiment) => toExperimentDto(experiment, { metadata, scores: scores?.(experiment) }))
      return { body: { data, meta: cursor === undefined ? {} : { cursor } } satisfies ExperimentsDto }
    },
  })
}

type Window = Pick<ExperimentsQuery, 'fromStartTime' | 'toStartTime'>

const windowOf = ({ fromStartTime, toStartTime }: Window) => ({
  from: nanosOf(fromStartTime),
  to: toStartTime === undefined ? undefined : nanosOf(toStartTime),
})

const simpleFilters = (query: ExperimentsQuery) => [
  ...anyOf('id', query.id),
  ...anyOf('name', query.name),
  ...anyOf('datasetId', query.datasetId),
]

function placeOf(cursor: string | undefined): Place | undefined {
  if (cursor === undefined) return undefined
  const place = parseExperimentToken(cursor)
  if (!place) throw new AppError('bad_request', 'Invalid cursor format')
  return place
}

/** Which scores an experiment shows; undefined when none were asked for. */
async function scoresIn(
  request: RouteRequest<ExperimentsQuery, unknown>,
  deps: DatasetDeps,
  experiments: readonly ExperimentSummary[],
) {
  const { fields, scoreLimit } = request.query
  if (!fields?.includes('scores')) return undefined
  const ids = experiments.map(({ id }) => id)
  const scores = await scoresOfRuns(sourceOf(request, deps).reader, ids, scoreLimit)
  return ({ id }: ExperimentSummary) => scores.get(id) ?? []
}

function experimentItemsRoute(deps: DatasetDeps): Route {
  return route({
    method: 'GET',
    path: '/api/public/experiment-items',
    access: 'project',
    errors: 'langfuse',
    isRead: true,
    query: ExperimentItemsQuery,
    doc: {
      operationId: 'experimentItems_list',
      tag: 'Experiments',
      summary: 'List the items of experiments, the newest first, with the field groups asked for',
      responses: { 200: ExperimentItemsDto },
    },
    handle: async (request) => {
      const { query } = request
      const groups = new Set(query.fields ?? ['core', 'dataset'])
      const { values, cursor } = await findExperimentItems(sourceOf(request, deps), {
        ...windowOf(query),
        filters: overriding('experimentItems', simpleItemFilters(query), parseFilters(query.filter)),
        after: placeOf(query.cursor),
        limit: query.limit,
        parts: { io: groups.has('io'), metadata: METADATA_GROUPS.some((group) => groups.has(group)) },
        now: request.receivedAt,
      })
      const scores = groups.has('scores') ? await itemScores(request, deps, values) : undefined
      const data = values.map((item, index) => toExperimentItemDto(item, { groups, scores: scores?.[index] }))
      return { body: { data, meta: cursor === undefined ? {} : { cursor } } satisfies ExperimentItemsDto }
    },
  })
}

const METADATA_GROUPS = ['metadata', 'itemMetadata', 'experimentMetadata']

const itemScores = (
  request: RouteRequest<ExperimentItemsQuery, unknown>,
  deps: DatasetDeps,
  items: readonly ExperimentItem[],
) => scoresOfItems(sourceOf(request, deps).reader, items, request.query.scoreLimit)

const simpleItemFilters = (query: ExperimentItemsQuery) => [
  ...anyOf('experimentId', query.experimentId),
  ...anyOf('experimentName', query.experimentName),
  ...anyOf('experimentItemId', query.experimentItemId),
  ...anyOf('datasetId', query.datasetId),
]
