import type { Authenticator, AuthFailure, Caller } from '#auth/caller.ts'
import { AppError } from '#domain/errors.ts'
import { type ProjectId, projectId } from '#domain/ids.ts'
import type { Access, Route } from '#http/route.ts'

export interface AuthenticateOptions {
  /**
   * The project that `GET /api/public/projects` and OTLP serve without credentials; undefined, as
   * it should be, when they ask for them like all others (XTRACE_ALLOW_UNAUTHENTICATED_COMPAT).
   */
  readonly openProject?: ProjectId | undefined
}

/** A caller without rights, for routes that need none. */
const NOBODY: Caller = { projectId: projectId(''), scope: 'scores', isToken: false, publicKey: 'anonymous' }

/**
 * Who calls, if the route lets them. @throws AppError `unauthorized` with the reason, `forbidden` for
 * a credential that may do less than the route asks, and what the authenticator throws
 */
export async function authenticate(
  route: Pick<Route, 'access' | 'errors' | 'path'>,
  authorization: string | undefined,
  deps: { authenticator: Authenticator; options: AuthenticateOptions },
): Promise<Caller> {
  if (route.access === 'none') return NOBODY
  const result = await deps.authenticator.authenticate(authorization)
  const { openProject } = deps.options
  if ('failure' in result) {
    if (openProject !== undefined && isOpenRoute(route)) return { ...NOBODY, projectId: openProject, scope: 'project' }
    throw new AppError('unauthorized', FAILURES[result.failure])
  }
  const refusal = refuse(result.caller, route.access)
  if (refusal) throw new AppError('forbidden', refusal)
  return result.caller
}

/** Clients compare the beginnings of these (public-api contract §1.3). */
const FAILURES: Record<AuthFailure, string> = {
  missing: 'No authorization header',
  scheme: 'Invalid authorization header',
  credentials: 'Invalid credentials. Check the key pair, and that this is the host it belongs to.',
  public_key: 'Invalid public key. Check the key, and that this is the host it belongs to.',
}

const OPEN_PATH = '/api/public/projects'

function isOpenRoute(route: Pick<Route, 'errors' | 'path'>): boolean {
  return route.errors === 'otlp' || route.path === OPEN_PATH
}

function refuse(caller: Caller, access: Exclude<Access, 'none'>): string | undefined {
  switch (access) {
    case 'scores':
      return undefined
    case 'project':
      return caller.scope === 'project'
        ? undefined
        : 'Access denied: insufficient permissions, this key may only write scores'
    case 'token':
      return caller.isToken ? undefined : 'Access denied: insufficient permissions, this route needs the bearer token'
  }
}
