import {
  DeletedDto,
  DeleteTracesBody,
  TraceParams,
  TraceQuery,
  TracesDto,
  TracesQuery,
  WholeTraceDto,
} from '@xtrace/contract'
import type { RemovalChange } from '#domain/change.ts'
import { AppError } from '#domain/errors.ts'
import type { Filter } from '#domain/filter.ts'
import { isId, spellings, traceId } from '#domain/ids.ts'
import { modelsOf } from '#http/dto/observation-dto.ts'
import { pageMeta } from '#http/dto/page-dto.ts'
import { toListedTraceDto, toWholeTraceDto } from '#http/dto/trace-dto.ts'
import { allOf, anyOf, equalTo, parseFilters, within } from '#http/filter-params.ts'
import { jsonBody } from '#http/json-body.ts'
import { DEFAULT_MAX_TRACE_BYTES, type ReadDeps, readerOf } from '#http/read-deps.ts'
import { type Reply, type Route, type RouteRequest, route } from '#http/route.ts'
import { originOf } from '#http/write-context.ts'
import { overriding } from '#query/filter-sql.ts'
import { findTraces, TRACE_ORDER_COLUMNS, type TraceOrder, type TraceParts } from '#query/find-traces.ts'
import { findTrace } from '#query/get-trace.ts'

/** Reading and deleting traces (public-api contract §4). */
export function traceRoutes(deps: ReadDeps): Route[] {
  return [listRoute(deps), getRoute(deps), ...deleteRoutes(deps)]
}

function listRoute(deps: ReadDeps): Route {
  return route({
    method: 'GET',
    path: '/api/public/traces',
    access: 'project',
    errors: 'langfuse',
    isRead: true,
    query: TracesQuery,
    doc: { operationId: 'trace_list', tag: 'Traces', summary: 'List traces', responses: { 200: TracesDto } },
    handle: async (request) => {
      const { query } = request
      const filters = overriding('traces', simpleFilters(query), parseFilters(query.filter))
      const question = {
        ...query,
        filters,
        order: parseOrder(query.orderBy),
        parts: partsOf(query.fields),
        now: request.receivedAt,
      }
      const { values, totalItems } = await findTraces(readerOf(request, deps.engine), question)
      const body: TracesDto = { data: values.map(toListedTraceDto), meta: pageMeta(query, totalItems) }
      return { body }
    },
  })
}

function getRoute(deps: ReadDeps): Route {
  return route({
    method: 'GET',
    path: '/api/public/traces/:traceId',
    access: 'project',
    errors: 'langfuse',
    isRead: true,
    query: TraceQuery,
    params: TraceParams,
    doc: {
      operationId: 'trace_get',
      tag: 'Traces',
      summary: 'Get a trace with its observations and scores',
      responses: { 200: WholeTraceDto },
    },
    handle: async (request) => {
      const { params, query, caller } = request
      const maxBytes = deps.maxTraceBytes ?? DEFAULT_MAX_TRACE_BYTES
      const question = { id: params.traceId, parts: partsOf(query.fields), maxBytes }
      const whole = await findTrace(readerOf(request, deps.engine), question)
      if (!whole) throw new AppError('not_found', `Trace ${params.traceId} not found within authorized project`)
      const body = toWholeTraceDto(whole, await modelsOf(deps.models, caller.projectId, whole.observations))
      return { body }
    },
  })
}

function deleteRoutes(deps: ReadDeps): Route[] {
  return [
    route({
      method: 'DELETE',
      path: '/api/public/traces/:traceId',
      access: 'project',
      errors: 'langfuse',
      params: TraceParams,
      doc: {
        operationId: 'trace_delete',
        tag: 'Traces',
        summary: 'Delete a trace with its observations and scores',
        responses: { 200: DeletedDto },
      },
      handle: async (request): Promise<Reply> => {
        await remove(request, [request.params.traceId], deps)
        return { body: { message: 'Trace deleted successfully' } satisfies DeletedDto }
      },
    }),
    route({
      method: 'DELETE',
      path: '/api/public/traces',
      access: 'project',
      errors: 'langfuse',
      doc: {
        operationId: 'trace_deleteMultiple',
        tag: 'Traces',
        summary: 'Delete up to 1000 traces with their observations and scores',
        body: DeleteTracesBody,
        responses: { 200: DeletedDto },
      },
      handle: async (request): Promise<Reply> => {
        const { traceIds } = DeleteTracesBody.parse(await jsonBody(request))
        await remove(request, traceIds, deps)
        return { body: { message: 'Traces deleted successfully' } satisfies DeletedDto }
      },
    }),
  ]
}

type RemovalRequest = Pick<RouteRequest<unknown, unknown>, 'caller' | 'header' | 'receivedAt'>

async function remove(request: RemovalRequest, ids: readonly string[], deps: ReadDeps): Promise<void> {
  const changes = removals(request, ids)
  await deps.accept(changes)
  if (changes.length > 0) await deps.releaseMedia(request.caller.projectId, { traceIds: changes.map(({ id }) => id) })
}

/** A trace may be stored under the other spelling of its id; taking away what isn't there changes nothing. */
function removals(request: RemovalRequest, ids: readonly string[]): RemovalChange[] {
  const { caller, receivedAt } = request
  const origin = originOf(request, 'api')
  return ids
    .filter(isId)
    .flatMap(spellings)
    .map((id) => ({
      kind: 'removal',
      of: 'trace',
      id: traceId(id),
      projectId: caller.projectId,
      at: receivedAt,
      receivedAt,
      origin,
    }))
}

function simpleFilters(query: TracesQuery): Filter[] {
  return [
    ...equalTo('userId', query.userId),
    ...equalTo('name', query.name),
    ...equalTo('sessionId', query.sessionId),
    ...equalTo('version', query.version),
    ...equalTo('release', query.release),
    ...anyOf('environment', query.environment),
    ...allOf('tags', query.tags),
    ...within('timestamp', query.fromTimestamp, query.toTimestamp),
  ]
}

/** `<column>.<asc|desc>`. */
function parseOrder(text = 'timestamp.desc'): TraceOrder {
  const [name, direction, ...rest] = text.split('.')
  const column = TRACE_ORDER_COLUMNS.find((known) => known === name)
  if (!column || rest.length > 0)
    throw new AppError('bad_request', `Invalid order by column: ${name}; there are ${TRACE_ORDER_COLUMNS.join(', ')}`)
  if (direction !== 'asc' && direction !== 'desc')
    throw new AppError(
      'bad_request',
      `Invalid order by direction in "${text}": expected ${column}.asc or ${column}.desc`,
    )
  return { column, direction }
}

/** The groups asked for; all of them when none is named that we know. */
function partsOf(fields: readonly string[] = []): TraceParts {
  const known = ['core', 'io', 'scores', 'observations', 'metrics']
  const isAll = !fields.some((field) => known.includes(field))
  const has = (field: string) => isAll || fields.includes(field)
  return { io: has('io'), scores: has('scores'), observations: has('observations'), metrics: has('metrics') }
}
