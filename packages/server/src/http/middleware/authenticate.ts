import type { Authenticator, AuthFailure, Caller, OrganizationCaller } from '#auth/caller.ts'
import { AppError } from '#domain/errors.ts'
import { type ProjectId, projectId } from '#domain/ids.ts'
import type { Access, Route, RouteRequest } from '#http/route.ts'

export interface AuthenticateOptions {
  /**
   * The project that `GET /api/public/projects` and OTLP serve without credentials; undefined, as
   * it should be, when they ask for them like all others (XTRACE_ALLOW_UNAUTHENTICATED_COMPAT).
   */
  readonly openProject?: ProjectId | undefined
}

/** Who calls: on routes of organizations the organization, and a caller without rights. */
export type Identity = Pick<RouteRequest<unknown, unknown>, 'caller' | 'organization' | 'session' | 'role'>

/** A caller without rights, for routes that need none. */
export const NOBODY: Caller = { projectId: projectId(''), scope: 'scores', isToken: false, publicKey: 'anonymous' }

/**
 * Who calls, if the route lets them. @throws AppError `unauthorized` with the reason, `forbidden` for
 * a credential that may do less than the route asks, and what the authenticator throws
 */
export async function authenticate(
  route: Pick<Route, 'errors' | 'path'> & { readonly access: Exclude<Access, 'session'> },
  authorization: string | undefined,
  deps: { authenticator: Authenticator; options: AuthenticateOptions },
): Promise<Identity> {
  if (route.access === 'none') return { caller: NOBODY }
  const result = await deps.authenticator.authenticate(authorization)
  const { openProject } = deps.options
  if ('failure' in result) {
    if (openProject !== undefined && isOpenRoute(route))
      return { caller: { ...NOBODY, projectId: openProject, scope: 'project' } }
    throw new AppError('unauthorized', FAILURES[result.failure])
  }
  if ('organization' in result) return admitOrganization(result.organization, route)
  const refusal = refuse(result.caller, route.access)
  if (refusal) throw new AppError('forbidden', refusal)
  return { caller: result.caller }
}

/** The keys of organizations open the routes of organizations and nothing else (public-api contract §1.3). */
function admitOrganization(
  organization: OrganizationCaller,
  { access, errors }: Pick<Route, 'access' | 'errors'>,
): Identity {
  if (access === 'organization') return { caller: NOBODY, organization }
  const hint = 'this is the key of an organization; use the key of a project'
  // The envelope knows no 403 for keys (langfuse-ingestion contract §1.2).
  if (errors === 'ingestion') throw new AppError('unauthorized', `Invalid credentials: ${hint}`)
  throw new AppError('forbidden', `Access denied: insufficient permissions, ${hint}`)
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

function refuse(caller: Caller, access: Exclude<Access, 'none' | 'session'>): string | undefined {
  switch (access) {
    case 'scores':
      return undefined
    case 'project':
      return caller.scope === 'project'
        ? undefined
        : 'Access denied: insufficient permissions, this key may only write scores'
    case 'organization':
      return 'Access denied: insufficient permissions, this route needs the key of an organization'
    case 'token':
      return caller.isToken ? undefined : 'Access denied: insufficient permissions, this route needs the bearer token'
  }
}
