import { type SavedViewDto, SavedViewParams, type SavedViewsDto, SaveViewBody } from '@xtrace/contract'
import type { SavedViews } from '#catalog/saved-views.ts'
import { AppError } from '#domain/errors.ts'
import type { SavedView } from '#domain/saved-view.ts'
import { jsonBody } from '#http/json-body.ts'
import type { Route } from '#http/route.ts'
import { uiRoute } from '#http/ui-route.ts'

/** Views of tables that the project keeps. */
export function savedViewRoutes({ savedViews }: { readonly savedViews: SavedViews }): Route[] {
  return [
    uiRoute({
      method: 'GET',
      path: '/views',
      summary: 'The saved views of the project',
      handle: async ({ caller }) => {
        const views = await savedViews.list(caller.projectId)
        return { body: { views: views.map(toDto) } satisfies SavedViewsDto }
      },
    }),
    uiRoute({
      method: 'POST',
      path: '/views',
      summary: 'Save a view under its name',
      handle: async (request) => {
        const view = SaveViewBody.parse(await jsonBody(request))
        return { body: toDto(await savedViews.save(request.caller.projectId, view)) }
      },
    }),
    uiRoute({
      method: 'DELETE',
      path: '/views/:viewId',
      summary: 'Remove a view',
      params: SavedViewParams,
      handle: async ({ caller, params }) => {
        const isRemoved = await savedViews.remove(caller.projectId, params.viewId)
        if (!isRemoved) throw new AppError('not_found', `There is no view ${params.viewId} in this project`)
        return { body: { removed: true } }
      },
    }),
  ]
}

const toDto = ({ id, table, name, state }: SavedView): SavedViewDto => ({ id, table, name, state: { ...state } })
