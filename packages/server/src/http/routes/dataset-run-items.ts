import {
  CreateDatasetRunItemBody,
  DatasetRunItemDto,
  DatasetRunItemsDto,
  DatasetRunItemsQuery,
  type z,
} from '@xtrace/contract'
import { AppError } from '#domain/errors.ts'
import { metadataText } from '#domain/payload.ts'
import { msFromNanos } from '#domain/time.ts'
import { toDatasetRunItemDto } from '#http/dto/dataset-dto.ts'
import { pageMeta } from '#http/dto/page-dto.ts'
import { nanosOf } from '#http/filter-params.ts'
import { jsonBody } from '#http/json-body.ts'
import { readerOf } from '#http/read-deps.ts'
import { type Route, type RouteRequest, route } from '#http/route.ts'
import { mergeTrees, parseTree, printTree } from '#lib/json/tree.ts'
import { findRunItems } from '#query/experiment-run-items.ts'
import { findDatasetRun } from '#query/experiment-runs.ts'
import { findObservation } from '#query/get-observation.ts'
import { type DatasetDeps, sourceOf } from './dataset-deps.ts'

/** What was done for items in a run, registered by clients (public-api contract §10.3). */
export function datasetRunItemRoutes(deps: DatasetDeps): Route[] {
  return [createRoute(deps), listRoute(deps)]
}

const EXACT_FIELDS: ReadonlySet<string> = new Set(['metadata'])

function createRoute(deps: DatasetDeps): Route {
  return route({
    method: 'POST',
    path: '/api/public/dataset-run-items',
    access: 'project',
    errors: 'langfuse',
    // It may have to see the observation that was just sent.
    isRead: true,
    isUnlimited: true,
    doc: {
      operationId: 'datasetRunItems_create',
      tag: 'DatasetRunItems',
      summary: 'Register what was done for an item in a run; the first call makes the run',
      body: CreateDatasetRunItemBody,
      responses: { 200: DatasetRunItemDto },
      failures: ['not_found'],
    },
    handle: async (request) => {
      const body = CreateDatasetRunItemBody.parse(await jsonBody(request, EXACT_FIELDS))
      const item = await getActiveItem(request, body, deps)
      const registered = await deps.datasetRuns.link(request.caller.projectId, {
        datasetId: item.datasetId,
        runName: body.runName,
        description: body.runDescription ?? undefined,
        metadata: runMetadata(body),
        itemId: item.id,
        traceId: body.traceId ?? (await traceOf(request, body, deps)),
        observationId: body.observationId ?? undefined,
        createdAt: msOrUndefined(body.createdAt),
      })
      return { body: toDatasetRunItemDto(registered) }
    },
  })
}

const msOrUndefined = (instant: string | null | undefined): number | undefined =>
  instant === null || instant === undefined ? undefined : msFromNanos(nanosOf(instant))

/** @throws AppError `not_found` for an item that is not there or was archived at the version asked for */
async function getActiveItem(
  { caller }: RouteRequest<unknown, unknown>,
  { datasetItemId, datasetVersion }: CreateDatasetRunItemBody,
  { datasetItems }: DatasetDeps,
) {
  const item = await datasetItems.byId(caller.projectId, datasetItemId, msOrUndefined(datasetVersion))
  if (item?.status !== 'ACTIVE') throw new AppError('not_found', 'Dataset item not found')
  return item
}

/** @throws AppError `not_found` when there is no such observation yet */
async function traceOf(
  request: RouteRequest<unknown, unknown>,
  { observationId }: CreateDatasetRunItemBody,
  { engine }: DatasetDeps,
): Promise<string> {
  const observation = await findObservation(readerOf(request, engine), observationId ?? '')
  if (!observation) throw new AppError('not_found', 'Observation not found; give its traceId as well')
  return observation.traceId
}

/** What is no object is kept under `metadata`; the version of the dataset is added. */
function runMetadata({ metadata, datasetVersion }: CreateDatasetRunItemBody): string | undefined {
  const text = metadataText(metadata ?? null)
  if (!datasetVersion) return text
  const version = parseTree(JSON.stringify({ dataset_version: datasetVersion }))
  return printTree(mergeTrees(parseTree(text ?? '{}'), version))
}

function listRoute(deps: DatasetDeps): Route {
  return route({
    method: 'GET',
    path: '/api/public/dataset-run-items',
    access: 'project',
    errors: 'langfuse',
    isRead: true,
    query: DatasetRunItemsQuery,
    doc: {
      operationId: 'datasetRunItems_list',
      tag: 'DatasetRunItems',
      summary: 'List what was done in a run',
      responses: { 200: DatasetRunItemsDto },
      failures: ['not_found'],
    },
    handle: async (request) => {
      const { query } = request
      const items = await findRunItems(sourceOf(request, deps), await getRun(request, deps))
      const start = (query.page - 1) * query.limit
      const data = items.slice(start, start + query.limit).map(toDatasetRunItemDto)
      return { body: { data, meta: pageMeta(query, items.length) } satisfies DatasetRunItemsDto }
    },
  })
}

/** @throws AppError `not_found` */
async function getRun(request: RouteRequest<z.output<typeof DatasetRunItemsQuery>, unknown>, deps: DatasetDeps) {
  const { datasetId, runName } = request.query
  const dataset = await deps.datasets.byId(request.caller.projectId, datasetId)
  if (!dataset) throw new AppError('not_found', 'Dataset not found')
  const run = await findDatasetRun(sourceOf(request, deps), dataset, runName)
  if (!run) throw new AppError('not_found', 'Dataset run not found')
  return run
}
