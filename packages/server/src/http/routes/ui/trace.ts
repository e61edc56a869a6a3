import {
  type ObservationDetailDto,
  PAYLOAD_CHARS,
  type PayloadMatchesDto,
  PayloadQuery,
  PayloadSearchQuery,
  type PayloadWindowDto,
  type SkeletonDto,
  STATUS_CHARS,
  type TracePayloadsDto,
  UiObservationParams,
  UiObservationPayloadParams,
  UiTraceParams,
  UiTracePayloadParams,
} from '@xtrace/contract'
import { AppError } from '#domain/errors.ts'
import type { ModelFinder } from '#domain/model.ts'
import { modelsOf, toObservationDto } from '#http/dto/observation-dto.ts'
import { toCostSourcesDto } from '#http/dto/ui/cost-sources-dto.ts'
import { toSkeletonDto } from '#http/dto/ui/skeleton-dto.ts'
import { readerOf } from '#http/read-deps.ts'
import type { Route } from '#http/route.ts'
import { type UiProjectRequest, uiRoute } from '#http/ui-route.ts'
import { findInPayload, findPayload, findPayloads, type PayloadPlace } from '#query/explore/payload-window.ts'
import { findSkeleton } from '#query/explore/trace-skeleton.ts'
import { findObservationFacts } from '#query/get-observation.ts'
import type { Engine } from '#store/engine.ts'

export interface TraceViewDeps {
  readonly engine: Engine
  readonly models: ModelFinder
}

/** One trace: its shape at once, payloads for what is looked at. */
export function traceViewRoutes(deps: TraceViewDeps): Route[] {
  const { engine } = deps
  return [
    skeletonRoute(deps),
    tracePayloadsRoute(deps),
    observationRoute(deps),
    ...PLACES.flatMap(({ path, params, placeOf }) => [
      uiRoute({
        method: 'GET',
        path: `${path}/:field`,
        summary: 'A window into one payload',
        params,
        query: PayloadQuery,
        handle: async (request) => ({ body: await windowOf(engine, request, placeOf(request.params)) }),
      }),
      uiRoute({
        method: 'GET',
        path: `${path}/:field/matches`,
        summary: 'Where words stand in one payload',
        params,
        query: PayloadSearchQuery,
        handle: async (request) => ({ body: await matchesOf(engine, request, placeOf(request.params)) }),
      }),
    ]),
  ]
}

const PLACES = [
  {
    path: '/traces/:traceId/payloads',
    params: UiTracePayloadParams.transform(({ traceId, field }) => ({ id: traceId, field })),
    placeOf: (place: Omit<PayloadPlace, 'of'>): PayloadPlace => ({ of: 'trace', ...place }),
  },
  {
    path: '/observations/:observationId/payloads',
    params: UiObservationPayloadParams.transform(({ observationId, field }) => ({ id: observationId, field })),
    placeOf: (place: Omit<PayloadPlace, 'of'>): PayloadPlace => ({ of: 'observation', ...place }),
  },
] as const

function skeletonRoute({ engine }: TraceViewDeps): Route {
  return uiRoute({
    method: 'GET',
    path: '/traces/:traceId/skeleton',
    summary: 'The shape of a trace, without payloads',
    isRead: true,
    params: UiTraceParams,
    handle: async (request) => {
      const { traceId: id } = request.params
      const skeleton = await findSkeleton(readerOf(request, engine), { id, statusChars: STATUS_CHARS })
      if (!skeleton) throw missing('trace', id)
      return { body: toSkeletonDto(skeleton) satisfies SkeletonDto }
    },
  })
}

function tracePayloadsRoute({ engine }: TraceViewDeps): Route {
  return uiRoute({
    method: 'GET',
    path: '/traces/:traceId/payloads',
    summary: 'The beginnings of the payloads of a trace',
    isRead: true,
    params: UiTraceParams,
    handle: async (request) => {
      const { traceId } = request.params
      const payloads = await findPayloads(readerOf(request, engine), { of: 'trace', id: traceId }, PAYLOAD_CHARS)
      if (!payloads) throw missing('trace', traceId)
      return { body: { payloads } satisfies TracePayloadsDto }
    },
  })
}

function observationRoute({ engine, models }: TraceViewDeps): Route {
  return uiRoute({
    method: 'GET',
    path: '/observations/:observationId',
    summary: 'One observation, with the beginnings of its payloads',
    isRead: true,
    params: UiObservationParams,
    handle: async (request) => {
      const reader = readerOf(request, engine)
      const { observationId: id } = request.params
      const [facts, payloads] = await Promise.all([
        findObservationFacts(reader, id),
        findPayloads(reader, { of: 'observation', id }, PAYLOAD_CHARS),
      ])
      if (!facts || !payloads) throw missing('observation', id)
      const priced = await modelsOf(models, reader.projectId, [facts])
      const { input: _input, output: _output, metadata: _metadata, ...observation } = toObservationDto(facts, priced)
      const costSources = toCostSourcesDto(facts, priced)
      return { body: { observation, costSources, payloads } satisfies ObservationDetailDto }
    },
  })
}

type Request<Query> = UiProjectRequest<Query, unknown>

async function windowOf(
  engine: Engine,
  request: Request<PayloadQuery>,
  place: PayloadPlace,
): Promise<PayloadWindowDto> {
  const found = await findPayload(readerOf(request, engine), place, request.query)
  if (!found) throw missing(place.of, place.id)
  return found
}

async function matchesOf(
  engine: Engine,
  request: Request<PayloadSearchQuery>,
  place: PayloadPlace,
): Promise<PayloadMatchesDto> {
  const found = await findInPayload(readerOf(request, engine), place, request.query.find)
  if (!found) throw missing(place.of, place.id)
  return { ...found, offsets: [...found.offsets] }
}

const missing = (kind: 'trace' | 'observation', id: string) =>
  new AppError('not_found', `There is no ${kind} ${id} in this project`)
