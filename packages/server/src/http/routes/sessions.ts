import { SessionsDto, SessionsQuery, WholeSessionDto, z } from '@xtrace/contract'
import { AppError } from '#domain/errors.ts'
import type { ProjectId } from '#domain/ids.ts'
import { isoFromMs, pageMeta } from '#http/dto/page-dto.ts'
import { toTraceDto } from '#http/dto/trace-dto.ts'
import { nanosOf } from '#http/filter-params.ts'
import { type ReadDeps, readerOf } from '#http/read-deps.ts'
import { type Route, route } from '#http/route.ts'
import { findSessions, type Session } from '#query/find-sessions.ts'
import { findSession } from '#query/get-session.ts'

/** Reading sessions (public-api contract §6). */
export function sessionRoutes(deps: Pick<ReadDeps, 'engine'>): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/public/sessions',
      access: 'project',
      errors: 'langfuse',
      isRead: true,
      query: SessionsQuery,
      doc: { operationId: 'sessions_list', tag: 'Sessions', summary: 'List sessions', responses: { 200: SessionsDto } },
      handle: async (request) => {
        const { query, caller } = request
        const { values, totalItems } = await findSessions(readerOf(request, deps.engine), {
          page: query.page,
          limit: query.limit,
          from: query.fromTimestamp === undefined ? undefined : nanosOf(query.fromTimestamp),
          to: query.toTimestamp === undefined ? undefined : nanosOf(query.toTimestamp),
          environments: query.environment,
        })
        const data = values.map((session) => toSessionDto(session, caller.projectId))
        return { body: { data, meta: pageMeta(query, totalItems) } satisfies SessionsDto }
      },
    }),
    route({
      method: 'GET',
      path: '/api/public/sessions/:sessionId',
      access: 'project',
      errors: 'langfuse',
      isRead: true,
      params: z.object({ sessionId: z.string() }),
      doc: {
        operationId: 'sessions_get',
        tag: 'Sessions',
        summary: 'Get a session with its traces',
        responses: { 200: WholeSessionDto },
      },
      handle: async (request) => {
        const session = await findSession(readerOf(request, deps.engine), request.params.sessionId)
        if (!session) throw new AppError('not_found', 'Session not found within authorized project')
        const traces = session.traces.map(toTraceDto)
        return { body: { ...toSessionDto(session, request.caller.projectId), traces } satisfies WholeSessionDto }
      },
    }),
  ]
}

const toSessionDto = ({ id, createdAt, environment }: Session, projectId: ProjectId) => ({
  id,
  createdAt: isoFromMs(createdAt),
  projectId,
  environment,
})
