/**
 * Routes of the web interface: for the session of its cookie, outside the public API, its OpenAPI document and
 * its read limit, with the errors {message, code}.
 */
import type { z } from '@xtrace/contract'
import type { Session } from '#auth/sessions.ts'
import { AppError } from '#domain/errors.ts'
import { type Method, type Reply, type Route, type RouteRequest, route, type SessionRole } from './route.ts'

/** A request of somebody who is signed in. */
export type UiRequest<Query, Params> = Omit<RouteRequest<Query, Params>, 'session' | 'role' | 'organization'> & {
  readonly session: Session
}

/** A request about one project; `caller` stands for the session in it. */
export type UiProjectRequest<Query, Params> = UiRequest<Query, Params> & { readonly role: SessionRole }

interface UiRoute<Query, Params, Request> {
  readonly method: Method
  /** Below `/api/ui`, or below `/api/ui/projects/:projectId`. */
  readonly path: string
  readonly summary: string
  readonly query?: z.ZodType<Query>
  readonly emptiable?: readonly string[]
  readonly params?: z.ZodType<Params>
  /** The answer waits for the writer, so that what was just acknowledged is in it. */
  readonly isRead?: boolean
  /** The least that may call; VIEWER for GET and MEMBER for the rest when absent. */
  readonly minRole?: SessionRole
  handle(request: Request): Promise<Reply> | Reply
}

/** A route about a project, at `/api/ui/projects/:projectId` and `path`, for those who are members of it. */
export function uiRoute<Query, Params>(definition: UiRoute<Query, Params, UiProjectRequest<Query, Params>>): Route {
  return sessionRoute<Query, Params>(`/api/ui/projects/:projectId${definition.path}`, {
    ...definition,
    handle: (request) => {
      if (!request.role) throw new AppError('internal', `${definition.path} was reached without a project`)
      return definition.handle({ ...request, role: request.role })
    },
  })
}

/** A route about no project, at `/api/ui` and `path`, for everybody who is signed in. */
export function uiGlobalRoute<Query, Params>(definition: UiRoute<Query, Params, UiRequest<Query, Params>>): Route {
  return sessionRoute<Query, Params>(`/api/ui${definition.path}`, definition)
}

type SessionRequest<Query, Params> = UiRequest<Query, Params> & { readonly role?: SessionRole }

function sessionRoute<Query, Params>(
  path: string,
  { handle, summary, ...definition }: UiRoute<Query, Params, SessionRequest<Query, Params>>,
): Route {
  return route<Query, Params>({
    ...definition,
    path,
    access: 'session',
    errors: 'native',
    isUnlimited: true,
    doc: { operationId: `${definition.method} ${path}`, tag: 'Web interface', summary, responses: {} },
    handle: ({ session, organization: _, ...request }) => {
      if (!session) throw new AppError('internal', `${path} was reached without a session`)
      return handle({ ...request, session })
    },
  })
}

const PUBLIC = '/api/public/'
/** What a key of a project may do, a member may too. */
const MIRRORED: ReadonlySet<Route['access']> = new Set(['project', 'scores'])

/**
 * The routes of the public API once more for the web interface, below `/api/ui/projects/:projectId/public/`: the
 * same handlers for the session of the cookie, without the read limit, with the errors {message, code}.
 */
export function publicRoutesForSessions(routes: readonly Route[]): Route[] {
  return routes
    .filter(({ path, access, errors }) => MIRRORED.has(access) && errors !== 'mcp' && path.startsWith(PUBLIC))
    .map((publicRoute) => ({
      ...publicRoute,
      path: `/api/ui/projects/:projectId/public/${publicRoute.path.slice(PUBLIC.length)}`,
      access: 'session',
      errors: 'native',
      isUnlimited: true,
    }))
}
