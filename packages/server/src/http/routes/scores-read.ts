import {
  DeletedDto,
  ScoreDto,
  ScoresDto,
  ScoresV1Dto,
  ScoresV1Query,
  ScoresV2Query,
  ScoreV1Dto,
  z,
} from '@xtrace/contract'
import { AppError } from '#domain/errors.ts'
import type { Filter } from '#domain/filter.ts'
import { isId, scoreId, spellings } from '#domain/ids.ts'
import type { Score } from '#domain/score.ts'
import { pageMeta } from '#http/dto/page-dto.ts'
import { scoredTrace, toScoreDto, toScoreV1Dto } from '#http/dto/score-dto.ts'
import { allOf, anyOf, equalTo, parseFilters, within } from '#http/filter-params.ts'
import { type ReadDeps, readerOf } from '#http/read-deps.ts'
import { type Route, type RouteRequest, route } from '#http/route.ts'
import { originOf } from '#http/write-context.ts'
import { overriding } from '#query/filter-sql.ts'
import { findScores } from '#query/find-scores.ts'
import { findScore } from '#query/get-score.ts'
import { scoresV3Route } from './scores-v3.ts'

type ScoreDeps = Pick<ReadDeps, 'engine' | 'accept'>

const params = z.object({ scoreId: z.string() })

/** Reading and deleting scores (public-api contract §7.2-§7.5). */
export function scoreReadRoutes(deps: ScoreDeps): Route[] {
  return [
    listV1Route(deps),
    getV1Route(deps),
    listV2Route(deps),
    getV2Route(deps),
    scoresV3Route(deps),
    deleteRoute(deps),
  ]
}

function listV1Route(deps: ScoreDeps): Route {
  return route({
    method: 'GET',
    path: '/api/public/scores',
    access: 'project',
    errors: 'langfuse',
    isRead: true,
    query: ScoresV1Query,
    doc: {
      operationId: 'legacy_scoreV1_get',
      tag: 'Scores',
      summary: 'List the scores of traces by page',
      responses: { 200: ScoresV1Dto },
    },
    handle: async (request) => {
      const { values, totalItems, withTrace } = await askScores(request, deps, { isTraceOnly: true, simple: [] })
      const data = values.map(({ score, trace }) => ({
        ...toScoreV1Dto(score),
        ...(withTrace && { trace: scoredTrace(trace, 'v1') }),
      }))
      return { body: { data, meta: pageMeta(request.query, totalItems) } satisfies ScoresV1Dto }
    },
  })
}

function listV2Route(deps: ScoreDeps): Route {
  return route({
    method: 'GET',
    path: '/api/public/v2/scores',
    access: 'project',
    errors: 'langfuse',
    isRead: true,
    query: ScoresV2Query,
    doc: {
      operationId: 'scores_getMany',
      tag: 'Scores',
      summary: 'List scores by page',
      responses: { 200: ScoresDto },
    },
    handle: async (request) => {
      const { query } = request
      const simple = [
        ...equalTo('sessionId', query.sessionId),
        ...equalTo('traceId', query.traceId),
        ...equalTo('datasetRunId', query.datasetRunId),
        ...anyOf('observationId', query.observationId),
      ]
      const { values, totalItems, withTrace } = await askScores(request, deps, { isTraceOnly: false, simple })
      const data = values.map(({ score, trace }) => ({
        ...toScoreDto(score),
        ...(withTrace && { trace: scoredTrace(trace, 'v2') }),
      }))
      return { body: { data, meta: pageMeta(query, totalItems) } satisfies ScoresDto }
    },
  })
}

async function askScores(
  request: RouteRequest<ScoresV1Query, unknown>,
  deps: ScoreDeps,
  options: { readonly isTraceOnly: boolean; readonly simple: readonly Filter[] },
) {
  const { query } = request
  const withTrace = wantsTrace(query)
  const simple = [...simpleFilters(query), ...options.simple]
  const page = await findScores(readerOf(request, deps.engine), {
    now: request.receivedAt,
    page: query.page,
    limit: query.limit,
    filters: overriding('scores', simple, parseFilters(query.filter)),
    unequalTo: query.operator === '!=' ? query.value : undefined,
    isTraceOnly: options.isTraceOnly,
    withTrace,
  })
  return { ...page, withTrace }
}

/** Whether the scores' traces are to be shown; the scores themselves always are. */
function wantsTrace({ fields, userId, traceTags }: ScoresV1Query): boolean {
  if (fields && !fields.includes('score'))
    throw new AppError('bad_request', 'The field group "score" must be selected; there are score and trace')
  const withTrace = !fields || fields.includes('trace')
  if (!withTrace && (userId !== undefined || traceTags))
    throw new AppError('bad_request', 'userId and traceTags need the field group "trace" to be selected')
  return withTrace
}

function simpleFilters(query: ScoresV1Query): Filter[] {
  const { operator, value } = query
  const isCompared = operator !== undefined && operator !== '!=' && value !== undefined
  return [
    ...equalTo('userId', query.userId),
    ...equalTo('name', query.name),
    ...equalTo('source', query.source),
    ...equalTo('configId', query.configId),
    ...equalTo('queueId', query.queueId),
    ...equalTo('dataType', query.dataType),
    ...anyOf('id', query.scoreIds),
    ...anyOf('environment', query.environment),
    ...allOf('traceTags', query.traceTags),
    ...within('timestamp', query.fromTimestamp, query.toTimestamp),
    ...(isCompared ? [{ type: 'number' as const, column: 'value', operator, value }] : []),
  ]
}

function getV1Route(deps: ScoreDeps): Route {
  return route({
    method: 'GET',
    path: '/api/public/scores/:scoreId',
    access: 'project',
    errors: 'langfuse',
    isRead: true,
    params,
    doc: {
      operationId: 'legacy_scoreV1_getById',
      tag: 'Scores',
      summary: 'Get a score of a trace',
      responses: { 200: ScoreV1Dto },
    },
    handle: async (request) => {
      const score = await getScore(request, deps)
      if (!score.traceId || score.dataType === 'CORRECTION') throw new AppError('not_found', 'Score not found')
      return { body: toScoreV1Dto(score) }
    },
  })
}

function getV2Route(deps: ScoreDeps): Route {
  return route({
    method: 'GET',
    path: '/api/public/v2/scores/:scoreId',
    access: 'project',
    errors: 'langfuse',
    isRead: true,
    params,
    doc: { operationId: 'scores_getById', tag: 'Scores', summary: 'Get a score', responses: { 200: ScoreDto } },
    handle: async (request) => ({ body: toScoreDto(await getScore(request, deps)) }),
  })
}

async function getScore(request: RouteRequest<unknown, z.infer<typeof params>>, deps: ScoreDeps): Promise<Score> {
  const found = await findScore(readerOf(request, deps.engine), request.params.scoreId)
  if (!found) throw new AppError('not_found', 'Score not found')
  return found.score
}

function deleteRoute(deps: ScoreDeps): Route {
  return route({
    method: 'DELETE',
    path: '/api/public/scores/:scoreId',
    access: 'project',
    errors: 'langfuse',
    params,
    doc: {
      operationId: 'legacy_score_delete',
      tag: 'Scores',
      summary: 'Delete a score',
      responses: { 202: DeletedDto },
    },
    handle: async (request) => {
      const { caller, receivedAt } = request
      const origin = originOf(request, 'api')
      const ids = spellings(request.params.scoreId).filter(isId)
      await deps.accept(
        ids.map((id) => ({
          kind: 'removal',
          of: 'score',
          id: scoreId(id),
          projectId: caller.projectId,
          at: receivedAt,
          receivedAt,
          origin,
        })),
      )
      return { status: 202, body: { message: 'Score deletion queued successfully' } satisfies DeletedDto }
    },
  })
}
