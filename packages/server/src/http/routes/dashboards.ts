import {
  CreateDashboardBody,
  DashboardDto,
  DashboardParams,
  DashboardsDto,
  DeletedDto,
  UnstablePageQuery,
  UpdateDashboardBody,
} from '@xtrace/contract'
import type { Dashboards } from '#catalog/dashboards.ts'
import type { Dashboard } from '#domain/dashboard.ts'
import { AppError } from '#domain/errors.ts'
import { isoFromMs, pageMeta } from '#http/dto/page-dto.ts'
import { jsonBody } from '#http/json-body.ts'
import { type Route, route } from '#http/route.ts'
import { defined } from '#lib/defined.ts'

export interface DashboardDeps {
  readonly dashboards: Dashboards
}

const PATH = '/api/public/unstable/dashboards'
const common = { access: 'project', errors: 'unstable' } as const
const tag = 'Dashboards'

/** Dashboards: kept and read; drawing them is the page's matter (public-api contract §20). */
export function dashboardRoutes(deps: DashboardDeps): Route[] {
  return [...collectionRoutes(deps), ...oneRoutes(deps)]
}

function collectionRoutes({ dashboards }: DashboardDeps): Route[] {
  return [
    route({
      ...common,
      method: 'GET',
      path: PATH,
      query: UnstablePageQuery,
      doc: {
        operationId: 'unstable_dashboards_list',
        tag,
        summary: 'List dashboards, the newest change first',
        responses: { 200: DashboardsDto },
      },
      handle: async ({ caller, query }) => {
        const { values, totalItems } = await dashboards.list(caller.projectId, query)
        return { body: { data: values.map(toDto), meta: pageMeta(query, totalItems) } satisfies DashboardsDto }
      },
    }),
    route({
      ...common,
      method: 'POST',
      path: PATH,
      doc: {
        operationId: 'unstable_dashboards_create',
        tag,
        summary: 'Make a dashboard',
        body: CreateDashboardBody,
        responses: { 200: DashboardDto },
        failures: ['not_found'],
      },
      handle: async (request) => {
        const { name, description, definition, filters } = CreateDashboardBody.parse(await jsonBody(request))
        const made = await dashboards.create(request.caller.projectId, {
          name,
          description: description ?? '',
          placements: definition?.widgets ?? [],
          filters: filters ?? [],
        })
        return { body: toDto(made) }
      },
    }),
  ]
}

function oneRoutes({ dashboards }: DashboardDeps): Route[] {
  const one = { ...common, path: `${PATH}/:dashboardId`, params: DashboardParams } as const
  return [
    route({
      ...one,
      method: 'GET',
      doc: { operationId: 'unstable_dashboards_get', tag, summary: 'A dashboard', responses: { 200: DashboardDto } },
      handle: async ({ caller, params }) => {
        const dashboard = await dashboards.byId(caller.projectId, params.dashboardId)
        if (!dashboard) throw notFound()
        return { body: toDto(dashboard) }
      },
    }),
    route({
      ...one,
      method: 'PATCH',
      doc: {
        operationId: 'unstable_dashboards_update',
        tag,
        summary: 'Change name, description, placements or filters of a dashboard',
        body: UpdateDashboardBody,
        responses: { 200: DashboardDto },
      },
      handle: async (request) => {
        const body = UpdateDashboardBody.parse(await jsonBody(request))
        const changed = await dashboards.update(request.caller.projectId, request.params.dashboardId, () =>
          defined({
            name: body.name ?? undefined,
            description: body.description ?? undefined,
            placements: body.definition?.widgets,
            filters: body.filters ?? undefined,
          }),
        )
        return { body: toDto(changed) }
      },
    }),
    route({
      ...one,
      method: 'DELETE',
      doc: {
        operationId: 'unstable_dashboards_delete',
        tag,
        summary: 'Delete a dashboard; its widgets stay',
        responses: { 200: DeletedDto },
      },
      handle: async ({ caller, params }) => {
        if (!(await dashboards.delete(caller.projectId, params.dashboardId))) throw notFound()
        return { body: { message: 'Dashboard successfully deleted' } satisfies DeletedDto }
      },
    }),
  ]
}

const notFound = () => new AppError('not_found', 'Dashboard not found within authorized project')

function toDto({ id, name, description, placements, filters, createdAt, updatedAt }: Dashboard): DashboardDto {
  return {
    ...{ id, name, description },
    definition: { widgets: [...placements] },
    filters: DashboardDto.shape.filters.parse(filters),
    createdAt: isoFromMs(createdAt),
    updatedAt: isoFromMs(updatedAt),
  }
}
