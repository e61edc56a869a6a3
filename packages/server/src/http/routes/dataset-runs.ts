import { DatasetRunsDto, DatasetsQuery, DeletedDto, WholeDatasetRunDto, z } from '@xtrace/contract'
import type { Dataset, DatasetRun } from '#domain/dataset.ts'
import { AppError } from '#domain/errors.ts'
import { toDatasetRunDto, toDatasetRunItemDto } from '#http/dto/dataset-dto.ts'
import { pageMeta } from '#http/dto/page-dto.ts'
import { type Route, type RouteRequest, route } from '#http/route.ts'
import { findRunItems } from '#query/experiment-run-items.ts'
import { findDatasetRun, findDatasetRuns } from '#query/experiment-runs.ts'
import { type DatasetDeps, getDataset, namesMeant, sourceOf } from './dataset-deps.ts'
import { datasetRunItemRoutes } from './dataset-run-items.ts'

const ofDataset = z.object({ datasetName: z.string() })
const ofRun = z.object({ datasetName: z.string(), runName: z.string() })

/** Runs over datasets, whether they were registered or only spans tell of them (public-api contract §10.3). */
export function datasetRunRoutes(deps: DatasetDeps): Route[] {
  return [listRoute(deps), getRoute(deps), deleteRoute(deps), ...datasetRunItemRoutes(deps)]
}

function listRoute(deps: DatasetDeps): Route {
  return route({
    method: 'GET',
    path: '/api/public/datasets/:datasetName/runs',
    access: 'project',
    errors: 'langfuse',
    isRead: true,
    params: ofDataset,
    query: DatasetsQuery,
    doc: {
      operationId: 'datasets_getRuns',
      tag: 'Datasets',
      summary: 'List the runs over a dataset',
      responses: { 200: DatasetRunsDto },
    },
    handle: async (request) => {
      const { query, caller } = request
      const dataset = await getDataset(deps, caller.projectId, request.params.datasetName)
      const runs = await findDatasetRuns(sourceOf(request, deps), dataset)
      const start = (query.page - 1) * query.limit
      const data = runs.slice(start, start + query.limit).map((run) => toDatasetRunDto(run, dataset.name))
      return { body: { data, meta: pageMeta(query, runs.length) } satisfies DatasetRunsDto }
    },
  })
}

/** @throws AppError `not_found` */
async function getRun(
  request: RouteRequest<unknown, z.infer<typeof ofRun>>,
  deps: DatasetDeps,
): Promise<{ dataset: Dataset; run: DatasetRun }> {
  const dataset = await getDataset(deps, request.caller.projectId, request.params.datasetName)
  const source = sourceOf(request, deps)
  for (const name of namesMeant(request.params.runName)) {
    const run = await findDatasetRun(source, dataset, name)
    if (run) return { dataset, run }
  }
  throw new AppError('not_found', 'Dataset run not found')
}

function getRoute(deps: DatasetDeps): Route {
  return route({
    method: 'GET',
    path: '/api/public/datasets/:datasetName/runs/:runName',
    access: 'project',
    errors: 'langfuse',
    isRead: true,
    params: ofRun,
    doc: {
      operationId: 'datasets_getRun',
      tag: 'Datasets',
      summary: 'Get a run with what was done in it',
      responses: { 200: WholeDatasetRunDto },
    },
    handle: async (request) => {
      const { dataset, run } = await getRun(request, deps)
      const items = await findRunItems(sourceOf(request, deps), run)
      const datasetRunItems = items.map(toDatasetRunItemDto)
      return { body: { ...toDatasetRunDto(run, dataset.name), datasetRunItems } satisfies WholeDatasetRunDto }
    },
  })
}

function deleteRoute(deps: DatasetDeps): Route {
  return route({
    method: 'DELETE',
    path: '/api/public/datasets/:datasetName/runs/:runName',
    access: 'project',
    errors: 'langfuse',
    // It has to see the spans of the run that it removes.
    isRead: true,
    isUnlimited: true,
    params: ofRun,
    doc: {
      operationId: 'datasets_deleteRun',
      tag: 'Datasets',
      summary: 'Delete a run; the traces of what was done in it stay',
      responses: { 200: DeletedDto },
    },
    handle: async (request) => {
      const { run } = await getRun(request, deps)
      await deps.datasetRuns.remove(run.projectId, run.id)
      return { body: { message: 'Dataset run successfully deleted' } satisfies DeletedDto }
    },
  })
}
