import { randomUUID } from 'node:crypto'
import {
  CreatePlacementBody,
  DashboardParams,
  DeletedDto,
  PlacementDto,
  PlacementParams,
  UpdatePlacementBody,
} from '@xtrace/contract'
import type { Dashboards } from '#catalog/dashboards.ts'
import { appendedPosition, type Dashboard, type Placement } from '#domain/dashboard.ts'
import { AppError } from '#domain/errors.ts'
import { jsonBody } from '#http/json-body.ts'
import { type Route, route } from '#http/route.ts'

export interface PlacementDeps {
  readonly dashboards: Pick<Dashboards, 'update'>
}

const PATH = '/api/public/unstable/dashboards/:dashboardId/placements'
const common = { access: 'project', errors: 'unstable' } as const
const tag = 'Dashboards'

/** Tiles of a dashboard, one by one (public-api contract §20). */
export function placementRoutes(deps: PlacementDeps): Route[] {
  return [addRoute(deps), ...oneRoutes(deps)]
}

function addRoute({ dashboards }: PlacementDeps): Route {
  return route({
    ...common,
    method: 'POST',
    path: PATH,
    params: DashboardParams,
    doc: {
      operationId: 'unstable_dashboards_addPlacement',
      tag,
      summary: 'Place a widget on a dashboard',
      body: CreatePlacementBody,
      responses: { 200: PlacementDto },
      failures: ['conflict'],
    },
    handle: async (request) => {
      const body = CreatePlacementBody.parse(await jsonBody(request))
      const id = body.id ?? randomUUID()
      const { placements } = await dashboards.update(
        request.caller.projectId,
        request.params.dashboardId,
        (dashboard) => ({
          placements: [...dashboard.placements, placed(body, id, dashboard)],
        }),
      )
      return { body: placements.at(-1) satisfies PlacementDto | undefined }
    },
  })
}

function placed(body: CreatePlacementBody, id: string, { placements }: Dashboard): Placement {
  if (placements.some((other) => other.id === id))
    throw new AppError('conflict', `A placement with the id ${id} is on the dashboard already`)
  const position = appendedPosition(placements, positionOf(body))
  if (body.type === 'widget') return { type: 'widget', id, widgetId: body.widgetId, ...position }
  return { type: 'preset', id, presetId: body.presetId, ...position }
}

type Tile = Record<'x' | 'y' | 'width' | 'height', number>

/** The parts of a position that were given. */
function positionOf(body: { [Part in keyof Tile]?: number | null | undefined }): Partial<Tile> {
  const { x, y, width, height } = body
  return {
    ...(x != null && { x }),
    ...(y != null && { y }),
    ...(width != null && { width }),
    ...(height != null && { height }),
  }
}

function oneRoutes({ dashboards }: PlacementDeps): Route[] {
  const one = { ...common, path: `${PATH}/:placementId`, params: PlacementParams } as const
  return [
    route({
      ...one,
      method: 'PATCH',
      doc: {
        operationId: 'unstable_dashboards_updatePlacement',
        tag,
        summary: 'Move or resize a placement',
        body: UpdatePlacementBody,
        responses: { 200: PlacementDto },
      },
      handle: async (request) => {
        const { dashboardId, placementId } = request.params
        const position = positionOf(UpdatePlacementBody.parse(await jsonBody(request)))
        const { placements } = await dashboards.update(request.caller.projectId, dashboardId, (dashboard) => {
          get(dashboard, placementId)
          const move = (placement: Placement) =>
            placement.id === placementId ? { ...placement, ...position } : placement
          return { placements: dashboard.placements.map(move) }
        })
        return { body: placements.find(({ id }) => id === placementId) satisfies PlacementDto | undefined }
      },
    }),
    route({
      ...one,
      method: 'DELETE',
      doc: {
        operationId: 'unstable_dashboards_deletePlacement',
        tag,
        summary: 'Take a placement off a dashboard; the widget stays',
        responses: { 200: DeletedDto },
      },
      handle: async ({ caller, params }) => {
        await dashboards.update(caller.projectId, params.dashboardId, (dashboard) => {
          const gone = get(dashboard, params.placementId)
          return { placements: dashboard.placements.filter((placement) => placement !== gone) }
        })
        return { body: { message: 'Placement successfully deleted' } satisfies DeletedDto }
      },
    }),
  ]
}

function get({ placements }: Dashboard, placementId: string): Placement {
  const placement = placements.find(({ id }) => id === placementId)
  if (!placement) throw new AppError('not_found', `Placement ${placementId} not found on this dashboard`)
  return placement
}
