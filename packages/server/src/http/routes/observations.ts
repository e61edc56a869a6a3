import {
  ObservationDto,
  ObservationsDto,
  ObservationsQuery,
  ObservationsV2Dto,
  ObservationsV2Query,
  z,
} from '@xtrace/contract'
import { AppError } from '#domain/errors.ts'
import type { Filter } from '#domain/filter.ts'
import { modelsOf, toObservationDto } from '#http/dto/observation-dto.ts'
import { OBSERVATION_GROUPS, type ObservationGroup, toObservationV2Dto } from '#http/dto/observation-v2-dto.ts'
import { pageMeta } from '#http/dto/page-dto.ts'
import { anyOf, equalTo, parseFilters, within } from '#http/filter-params.ts'
import { type ReadDeps, readerOf } from '#http/read-deps.ts'
import { type Route, route } from '#http/route.ts'
import { overriding } from '#query/filter-sql.ts'
import { findObservations } from '#query/find-observations.ts'
import { findObservationsV2 } from '#query/find-observations-v2.ts'
import { findObservation } from '#query/get-observation.ts'
import { type Place, parseObservationToken } from '#query/page-token.ts'

/** Reading observations, v1 by page and v2 by cursor (public-api contract §5). */
export function observationRoutes(deps: Pick<ReadDeps, 'engine' | 'models'>): Route[] {
  return [listRoute(deps), getRoute(deps), listV2Route(deps)]
}

function listRoute(deps: Pick<ReadDeps, 'engine' | 'models'>): Route {
  return route({
    method: 'GET',
    path: '/api/public/observations',
    access: 'project',
    errors: 'langfuse',
    isRead: true,
    query: ObservationsQuery,
    doc: {
      operationId: 'legacy_observationsV1_getMany',
      tag: 'Observations',
      summary: 'List observations by page',
      responses: { 200: ObservationsDto },
    },
    handle: async (request) => {
      const { query, caller } = request
      const simple = [...commonFilters(query), ...equalTo('parentObservationId', query.parentObservationId)]
      const filters = overriding('observations', simple, parseFilters(query.filter))
      const { values, totalItems } = await findObservations(readerOf(request, deps.engine), {
        ...query,
        filters,
        now: request.receivedAt,
      })
      const models = await modelsOf(deps.models, caller.projectId, values)
      const data = values.map((observation) => toObservationDto(observation, models))
      return { body: { data, meta: pageMeta(query, totalItems) } satisfies ObservationsDto }
    },
  })
}

function getRoute(deps: Pick<ReadDeps, 'engine' | 'models'>): Route {
  return route({
    method: 'GET',
    path: '/api/public/observations/:observationId',
    access: 'project',
    errors: 'langfuse',
    isRead: true,
    params: z.object({ observationId: z.string() }),
    doc: {
      operationId: 'legacy_observationsV1_get',
      tag: 'Observations',
      summary: 'Get an observation',
      responses: { 200: ObservationDto },
    },
    handle: async (request) => {
      const { params, caller } = request
      const observation = await findObservation(readerOf(request, deps.engine), params.observationId)
      if (!observation)
        throw new AppError('not_found', `Observation ${params.observationId} not found within authorized project`)
      return { body: toObservationDto(observation, await modelsOf(deps.models, caller.projectId, [observation])) }
    },
  })
}

function listV2Route(deps: Pick<ReadDeps, 'engine' | 'models'>): Route {
  return route({
    method: 'GET',
    path: '/api/public/v2/observations',
    access: 'project',
    errors: 'langfuse',
    isRead: true,
    query: ObservationsV2Query,
    emptiable: ['parentObservationId'],
    doc: {
      operationId: 'observations_getMany',
      tag: 'Observations',
      summary: 'List observations by cursor, with the field groups asked for',
      responses: { 200: ObservationsV2Dto },
    },
    handle: async (request) => {
      const { query, caller } = request
      const groups = groupsOf(query.fields)
      const { values, cursor } = await findObservationsV2(readerOf(request, deps.engine), {
        filters: overriding('observationsV2', v2Filters(query), parseFilters(query.filter)),
        after: placeOf(query.cursor),
        limit: query.limit,
        parts: {
          io: groups.has('io'),
          metadata: groups.has('metadata'),
          trace: groups.has('basic') || groups.has('trace_context'),
          traceName: groups.has('trace_context'),
        },
        now: request.receivedAt,
      })
      const observations = groups.has('model') ? values.map(({ observation }) => observation) : []
      const models = await modelsOf(deps.models, caller.projectId, observations)
      const options = { groups, models, expanded: new Set(query.expandMetadata) }
      const body: ObservationsV2Dto = {
        data: values.map((listed) => toObservationV2Dto(listed, options)),
        meta: cursor === undefined ? {} : { cursor },
      }
      return { body }
    },
  })
}

function commonFilters(query: ObservationsQuery | ObservationsV2Query): Filter[] {
  return [
    ...equalTo('name', query.name),
    ...equalTo('type', query.type),
    ...equalTo('userId', query.userId),
    ...equalTo('level', query.level),
    ...equalTo('traceId', query.traceId),
    ...equalTo('version', query.version),
    ...anyOf('environment', query.environment),
    ...within('startTime', query.fromStartTime, query.toStartTime),
  ]
}

function v2Filters(query: ObservationsV2Query): Filter[] {
  const { isRootObservation: isRoot, parentObservationId, sessionId } = query
  return [
    ...commonFilters(query),
    ...equalTo('sessionId', sessionId),
    ...equalTo('parentObservationId', parentObservationId),
    ...(isRoot === undefined
      ? []
      : [{ type: 'boolean' as const, column: 'isRootObservation', operator: '=' as const, value: isRoot }]),
  ]
}

/** The groups asked for and `core`; `core` and `basic` when none is named that we know. */
function groupsOf(fields: readonly string[] = []): ReadonlySet<ObservationGroup> {
  const asked = OBSERVATION_GROUPS.filter((group) => fields.includes(group))
  return new Set(asked.length === 0 ? ['core', 'basic'] : ['core', ...asked])
}

function placeOf(cursor: string | undefined): Place | undefined {
  if (cursor === undefined) return undefined
  const place = parseObservationToken(cursor)
  if (!place) throw new AppError('bad_request', 'Invalid cursor format')
  return place
}
