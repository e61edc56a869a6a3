import { EditTraceBody, UiTraceParams } from '@xtrace/contract'
import { AppError } from '#domain/errors.ts'
import { jsonBody } from '#http/json-body.ts'
import { readerOf } from '#http/read-deps.ts'
import type { Route } from '#http/route.ts'
import { uiRoute } from '#http/ui-route.ts'
import { originOf } from '#http/write-context.ts'
import type { Accept } from '#ingest/accept.ts'
import { findTraceId } from '#query/find-trace-ids.ts'
import type { Engine } from '#store/engine.ts'

interface Deps {
  readonly engine: Engine
  readonly accept: Accept
}

/** What people say of a trace that they look at, in the same log as what programs say. */
export function traceEditRoutes({ engine, accept }: Deps): Route[] {
  return [
    uiRoute({
      method: 'PATCH',
      path: '/traces/:traceId',
      summary: 'Rename or bookmark a trace',
      params: UiTraceParams,
      // A trace that was just acknowledged can be edited.
      isRead: true,
      handle: async (request) => {
        const { caller, params, receivedAt } = request
        const { name, bookmarked } = EditTraceBody.parse(await jsonBody(request))
        const id = await findTraceId(readerOf(request, engine), params.traceId)
        if (id === undefined) throw new AppError('not_found', `There is no trace ${params.traceId} in this project`)
        await accept([
          {
            kind: 'trace',
            id,
            projectId: caller.projectId,
            at: receivedAt,
            receivedAt,
            origin: originOf(request, 'api'),
            isUpdate: true,
            ...(name !== undefined && { name }),
            ...(bookmarked !== undefined && { isBookmarked: bookmarked }),
          },
        ])
        return { status: 204 }
      },
    }),
  ]
}
