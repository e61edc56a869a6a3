import {
  CreateDatasetBody,
  DatasetDto,
  DatasetsDto,
  DatasetsQuery,
  DatasetsV1Dto,
  DatasetsV1Query,
  DatasetV1Dto,
  z,
} from '@xtrace/contract'
import type { Datasets, DatasetWrite } from '#catalog/datasets.ts'
import type { Dataset } from '#domain/dataset.ts'
import { toDatasetDto } from '#http/dto/dataset-dto.ts'
import { pageMeta } from '#http/dto/page-dto.ts'
import { jsonBody } from '#http/json-body.ts'
import { type Route, type RouteRequest, route } from '#http/route.ts'
import { findDatasetRuns, findRunsOfDatasets } from '#query/experiment-runs.ts'
import { type DatasetDeps, getDataset, jsonText, sourceOf } from './dataset-deps.ts'
import { toItemDtos } from './dataset-items.ts'

const params = z.object({ datasetName: z.string() })

/** Datasets, as both generations of clients ask for them (public-api contract §10.1). */
export function datasetRoutes(deps: DatasetDeps): Route[] {
  return [createRoute(deps), listRoute(deps), getRoute(deps), createV1Route(deps), listV1Route(deps), getV1Route(deps)]
}

const EXACT_FIELDS: ReadonlySet<string> = new Set(['metadata', 'inputSchema', 'expectedOutputSchema'])

async function upsert(request: RouteRequest<unknown, unknown>, datasets: Datasets): Promise<Dataset> {
  const body = CreateDatasetBody.parse(await jsonBody(request, EXACT_FIELDS))
  const write: DatasetWrite = {
    name: body.name,
    description: body.description ?? undefined,
    metadata: jsonText(body.metadata),
    inputSchema: schemaText(body.inputSchema),
    expectedOutputSchema: schemaText(body.expectedOutputSchema),
  }
  return await datasets.upsert(request.caller.projectId, write)
}

/** Null takes a schema away; what is absent leaves it. */
const schemaText = (value: unknown) => (value === null ? null : jsonText(value))

function createRoute({ datasets }: DatasetDeps): Route {
  return route({
    method: 'POST',
    path: '/api/public/v2/datasets',
    access: 'project',
    errors: 'langfuse',
    doc: {
      operationId: 'datasets_create',
      tag: 'Datasets',
      summary: 'Create a dataset, or change the one of that name',
      body: CreateDatasetBody,
      responses: { 200: DatasetDto },
    },
    handle: async (request) => ({ body: toDatasetDto(await upsert(request, datasets)) }),
  })
}

function listRoute({ datasets }: DatasetDeps): Route {
  return route({
    method: 'GET',
    path: '/api/public/v2/datasets',
    access: 'project',
    errors: 'langfuse',
    isRead: true,
    query: DatasetsQuery,
    doc: { operationId: 'datasets_list', tag: 'Datasets', summary: 'List datasets', responses: { 200: DatasetsDto } },
    handle: async ({ caller, query }) => {
      const { values, totalItems } = await datasets.list(caller.projectId, query)
      return { body: { data: values.map(toDatasetDto), meta: pageMeta(query, totalItems) } satisfies DatasetsDto }
    },
  })
}

function getRoute(deps: DatasetDeps): Route {
  return route({
    method: 'GET',
    path: '/api/public/v2/datasets/:datasetName',
    access: 'project',
    errors: 'langfuse',
    isRead: true,
    params,
    doc: { operationId: 'datasets_get', tag: 'Datasets', summary: 'Get a dataset', responses: { 200: DatasetDto } },
    handle: async ({ caller, params: { datasetName } }) => ({
      body: toDatasetDto(await getDataset(deps, caller.projectId, datasetName)),
    }),
  })
}

function createV1Route(deps: DatasetDeps): Route {
  return route({
    method: 'POST',
    path: '/api/public/datasets',
    access: 'project',
    errors: 'langfuse',
    doc: {
      operationId: 'legacy_datasetsV1_create',
      tag: 'Datasets',
      summary: 'Create a dataset, or change the one of that name',
      body: CreateDatasetBody,
      responses: { 200: DatasetV1Dto },
    },
    handle: async (request) => ({ body: await wholeV1(request, deps, await upsert(request, deps.datasets)) }),
  })
}

function listV1Route(deps: DatasetDeps): Route {
  return route({
    method: 'GET',
    path: '/api/public/datasets',
    access: 'project',
    errors: 'langfuse',
    isRead: true,
    query: DatasetsV1Query,
    doc: {
      operationId: 'legacy_datasetsV1_list',
      tag: 'Datasets',
      summary: 'List datasets with the ids of their items and the names of their runs',
      responses: { 200: DatasetsV1Dto },
    },
    handle: async (request) => {
      const { caller, query } = request
      const page = { ...query, page: Math.max(query.page, 1) }
      const { values, totalItems } = await deps.datasets.list(caller.projectId, page)
      const ids = values.map(({ id }) => id)
      const [items, runs] = await Promise.all([
        deps.datasetItems.activeIds(caller.projectId, ids),
        findRunsOfDatasets(sourceOf(request, deps), ids),
      ])
      const data = values.map((dataset) => ({
        ...toDatasetDto(dataset),
        items: items.get(dataset.id) ?? [],
        runs: (runs.get(dataset.id) ?? []).map(({ name }) => name),
      }))
      return { body: { data, meta: pageMeta(page, totalItems) } satisfies DatasetsV1Dto }
    },
  })
}

function getV1Route(deps: DatasetDeps): Route {
  return route({
    method: 'GET',
    path: '/api/public/datasets/:datasetName',
    access: 'project',
    errors: 'langfuse',
    isRead: true,
    params,
    doc: {
      operationId: 'legacy_datasetsV1_get',
      tag: 'Datasets',
      summary: 'Get a dataset with its items and the names of its runs',
      responses: { 200: DatasetV1Dto },
    },
    handle: async (request) => {
      const dataset = await getDataset(deps, request.caller.projectId, request.params.datasetName)
      return { body: await wholeV1(request, deps, dataset) }
    },
  })
}

/** v1 knows no pages of items: the rest of a larger dataset is read through /dataset-items. */
const MAX_V1_ITEMS = 1_000

async function wholeV1(
  request: RouteRequest<unknown, unknown>,
  deps: DatasetDeps,
  dataset: Dataset,
): Promise<DatasetV1Dto> {
  const [{ values }, runs] = await Promise.all([
    deps.datasetItems.list(dataset.projectId, { datasetId: dataset.id, page: 1, limit: MAX_V1_ITEMS }),
    findDatasetRuns(sourceOf(request, deps), dataset),
  ])
  const items = await toItemDtos(request, values, deps)
  return { ...toDatasetDto(dataset), items, runs: runs.map(({ name }) => name) }
}
