import {
  CreateDatasetItemBody,
  DatasetItemDto,
  DatasetItemsDto,
  DatasetItemsQuery,
  DeletedDto,
  z,
} from '@xtrace/contract'
import type { DatasetItemWrite } from '#catalog/dataset-items.ts'
import { DATASET_ITEM_FIELDS, type DatasetItem } from '#domain/dataset.ts'
import { AppError } from '#domain/errors.ts'
import type { Media } from '#domain/media.ts'
import { mediaReferences } from '#domain/media-references.ts'
import { msFromNanos } from '#domain/time.ts'
import { toDatasetItemDto } from '#http/dto/dataset-dto.ts'
import { pageMeta } from '#http/dto/page-dto.ts'
import { nanosOf } from '#http/filter-params.ts'
import { jsonBody } from '#http/json-body.ts'
import { downloadUrl } from '#http/media-urls.ts'
import { type Route, type RouteRequest, route } from '#http/route.ts'
import { type DatasetDeps, jsonText } from './dataset-deps.ts'

const params = z.object({ id: z.string() })

/** The items of datasets (public-api contract §10.2). */
export function datasetItemRoutes(deps: DatasetDeps): Route[] {
  return [createRoute(deps), listRoute(deps), getRoute(deps), deleteRoute(deps)]
}

type Request = RouteRequest<unknown, unknown>

/** The items as responses show them, each with links to the media that it refers to. */
export async function toItemDtos(
  request: Request,
  items: readonly DatasetItem[],
  deps: DatasetDeps,
): Promise<DatasetItemDto[]> {
  const found = await deps.media.byIds(request.caller.projectId, mediaIdsOf(items))
  const links = new Map(found.filter(isHere).map((media) => [media.id, toMediaDto(request, media, deps)]))
  return items.map((item) => toDatasetItemDto(item, links))
}

type Content = Pick<DatasetItemWrite, (typeof DATASET_ITEM_FIELDS)[number]>

const mediaIdsOf = (items: readonly Content[]): string[] => [
  ...new Set(
    items.flatMap((item) =>
      DATASET_ITEM_FIELDS.flatMap((field) => mediaReferences(item[field]).map(({ mediaId }) => mediaId)),
    ),
  ),
]

const isHere = ({ uploadedAt }: Media): boolean => uploadedAt !== undefined

const toMediaDto = (request: Request, media: Media, deps: DatasetDeps) => ({
  mediaId: media.id,
  contentType: media.contentType,
  contentLength: media.contentLength,
  ...downloadUrl(request, media, deps),
})

const EXACT_FIELDS: ReadonlySet<string> = new Set(DATASET_ITEM_FIELDS)

function createRoute(deps: DatasetDeps): Route {
  return route({
    method: 'POST',
    path: '/api/public/dataset-items',
    access: 'project',
    errors: 'langfuse',
    doc: {
      operationId: 'datasetItems_create',
      tag: 'DatasetItems',
      summary: 'Create an item, or a new version of the one with that id',
      description: 'What is absent or null keeps its value. Every write makes a version with an instant of its own.',
      body: CreateDatasetItemBody,
      responses: { 200: DatasetItemDto },
      failures: ['not_found', 'conflict'],
    },
    handle: async (request) => {
      const write = writeOf(CreateDatasetItemBody.parse(await jsonBody(request, EXACT_FIELDS)))
      await refuseUnknownMedia(request, write, deps)
      const item = await deps.datasetItems.upsert(request.caller.projectId, write)
      const [body] = await toItemDtos(request, [item], deps)
      return { body }
    },
  })
}

const writeOf = (body: CreateDatasetItemBody): DatasetItemWrite => ({
  datasetName: body.datasetName,
  id: body.id ?? undefined,
  input: jsonText(body.input),
  expectedOutput: jsonText(body.expectedOutput),
  metadata: jsonText(body.metadata),
  sourceTraceId: body.sourceTraceId ?? undefined,
  sourceObservationId: body.sourceObservationId ?? undefined,
  status: body.status ?? undefined,
})

/** Media is uploaded before the item that refers to it. */
async function refuseUnknownMedia({ caller }: Request, write: Content, { media }: DatasetDeps): Promise<void> {
  const wanted = mediaIdsOf([write])
  const known = new Set((await media.byIds(caller.projectId, wanted)).map(({ id }) => id))
  const unknown = wanted.filter((id) => !known.has(id))
  if (unknown.length > 0)
    throw new AppError('bad_request', `There is no media ${unknown.join(', ')}; upload it before the item`)
}

function listRoute(deps: DatasetDeps): Route {
  return route({
    method: 'GET',
    path: '/api/public/dataset-items',
    access: 'project',
    errors: 'langfuse',
    isRead: true,
    query: DatasetItemsQuery,
    doc: {
      operationId: 'datasetItems_list',
      tag: 'DatasetItems',
      summary: 'List the active items, as they stand or stood at an instant',
      responses: { 200: DatasetItemsDto },
      failures: ['not_found'],
    },
    handle: async (request) => {
      const { query, caller } = request
      const dataset =
        query.datasetName === undefined ? undefined : await deps.datasets.byName(caller.projectId, query.datasetName)
      if (query.datasetName !== undefined && !dataset) throw new AppError('not_found', 'Dataset not found')
      const { values, totalItems } = await deps.datasetItems.list(caller.projectId, {
        ...query,
        datasetId: dataset?.id,
        at: query.version === undefined ? undefined : msFromNanos(nanosOf(query.version)),
      })
      const data = await toItemDtos(request, values, deps)
      return { body: { data, meta: pageMeta(query, totalItems) } satisfies DatasetItemsDto }
    },
  })
}

function getRoute(deps: DatasetDeps): Route {
  return route({
    method: 'GET',
    path: '/api/public/dataset-items/:id',
    access: 'project',
    errors: 'langfuse',
    isRead: true,
    params,
    doc: {
      operationId: 'datasetItems_get',
      tag: 'DatasetItems',
      summary: 'Get an item, archived or not',
      responses: { 200: DatasetItemDto },
    },
    handle: async (request) => {
      const item = await deps.datasetItems.byId(request.caller.projectId, request.params.id)
      if (!item) throw new AppError('not_found', 'Dataset item not found')
      const [body] = await toItemDtos(request, [item], deps)
      return { body }
    },
  })
}

function deleteRoute({ datasetItems, releaseMedia }: DatasetDeps): Route {
  return route({
    method: 'DELETE',
    path: '/api/public/dataset-items/:id',
    access: 'project',
    errors: 'langfuse',
    params,
    doc: {
      operationId: 'datasetItems_delete',
      tag: 'DatasetItems',
      summary: 'Delete an item',
      responses: { 200: DeletedDto },
    },
    handle: async ({ caller, params: { id } }) => {
      if (!(await datasetItems.remove(caller.projectId, id))) throw new AppError('not_found', 'Dataset item not found')
      await releaseMedia(caller.projectId, { datasetItemId: id })
      return { body: { message: 'Dataset item successfully deleted' } satisfies DeletedDto }
    },
  })
}
