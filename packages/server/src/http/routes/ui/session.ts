import { type SessionInfoDto, type SignedOutDto, SignInBody } from '@xtrace/contract'
import type { Session, Sessions } from '#auth/sessions.ts'
import { AppError } from '#domain/errors.ts'
import { jsonBody } from '#http/json-body.ts'
import { refuseForeign, sessionCookie, sessionSecret } from '#http/middleware/session.ts'
import { type Reply, type Route, route } from '#http/route.ts'
import { uiGlobalRoute } from '#http/ui-route.ts'
import { createRateLimiter, type RateLimiter } from '#lib/rate-limit.ts'
import type { Logger } from '#telemetry/logger.ts'

export interface SessionRouteDeps {
  readonly sessions: Sessions
  readonly version: string
  readonly publicUrl: string | undefined
  readonly logger: Logger
}

const PATH = '/api/ui/session'

/** Signing in and out, and who is signed in. */
export function sessionRoutes(deps: SessionRouteDeps): Route[] {
  return [signInRoute(deps), infoRoute(deps), signOutRoute(deps)]
}

/** Of one address: ten at once, then one in six seconds. Of one account: fifty, then one in ten seconds. */
const LIMITS = { address: { qps: 1 / 6, burst: 10 }, account: { qps: 1 / 10, burst: 50 } }

function signInRoute(deps: SessionRouteDeps): Route {
  const limiters = { address: createRateLimiter(LIMITS.address), account: createRateLimiter(LIMITS.account) }
  return route({
    method: 'POST',
    path: PATH,
    access: 'none',
    errors: 'native',
    isInternal: true,
    doc: { operationId: 'ui_signIn', tag: 'Web interface', summary: 'Sign in', responses: {} },
    handle: async (request) => {
      const head = { ...request, method: 'POST' }
      refuseForeign(head, deps.publicUrl)
      const credentials = SignInBody.parse(await jsonBody(request))
      const account = 'email' in credentials ? credentials.email.trim().toLowerCase() : 'token'
      const origin = { account, remoteAddress: request.remoteAddress, requestId: request.requestId }
      refuseTooMany(limiters, origin)
      const signedIn = await deps.sessions.signIn(credentials)
      if (!signedIn) {
        deps.logger.warn({ audit: 'sign_in_refused', ...origin }, 'Refused to sign in')
        throw new AppError('unauthorized')
      }
      await endEarlier(deps, head)
      deps.logger.info({ audit: 'sign_in', userId: signedIn.session.user?.id, ...origin }, 'Signed in')
      const cookie = sessionCookie(head, deps.publicUrl, signedIn.secret)
      return withCookie(await infoOf(deps, signedIn.session), cookie)
    },
  })
}

interface Attempt {
  readonly account: string
  readonly remoteAddress: string | undefined
}

function refuseTooMany(
  limiters: Readonly<Record<'address' | 'account', RateLimiter>>,
  { account, remoteAddress }: Attempt,
): void {
  const ofAddress = remoteAddress === undefined ? [] : [limiters.address.take(remoteAddress)]
  for (const verdict of [...ofAddress, limiters.account.take(account)]) {
    if (verdict.allowed) continue
    const retryAfter = Math.max(1, Math.ceil(verdict.retryAfterSeconds))
    throw new AppError('too_many_requests', `Too many attempts to sign in; wait ${retryAfter} s`, { retryAfter })
  }
}

/** A browser holds one session; the one before it ends when another begins. */
async function endEarlier(
  { sessions, publicUrl }: SessionRouteDeps,
  head: Parameters<typeof sessionSecret>[0],
): Promise<void> {
  const secret = sessionSecret(head, publicUrl)
  const earlier = secret === undefined ? undefined : await sessions.find(secret)
  if (earlier) await sessions.signOut(earlier)
}

function infoRoute(deps: SessionRouteDeps): Route {
  return uiGlobalRoute({
    method: 'GET',
    path: '/session',
    summary: 'Who is signed in, and which projects they may open',
    handle: async ({ session, ...request }) => {
      const head = { ...request, method: 'GET' }
      const renewed = await deps.sessions.renew(sessionSecret(head, deps.publicUrl) ?? '')
      const info = await infoOf(deps, session)
      return withCookie(info, renewed === undefined ? undefined : sessionCookie(head, deps.publicUrl, renewed))
    },
  })
}

function signOutRoute(deps: SessionRouteDeps): Route {
  return uiGlobalRoute({
    method: 'DELETE',
    path: '/session',
    summary: 'Sign out',
    handle: async ({ session, ...request }) => {
      await deps.sessions.signOut(session)
      deps.logger.info({ audit: 'sign_out', userId: session.user?.id, requestId: request.requestId }, 'Signed out')
      const head = { ...request, method: 'DELETE' }
      return withCookie({ signedOut: true } satisfies SignedOutDto, sessionCookie(head, deps.publicUrl))
    },
  })
}

async function infoOf({ sessions, version }: SessionRouteDeps, session: Session): Promise<SessionInfoDto> {
  const { user, csrfToken } = session
  const projects = await sessions.projects(session)
  return {
    user: user ? { id: user.id, email: user.email, name: user.name } : null,
    csrfToken,
    projects: projects.map(({ project: { id, name, organization, imageHosts }, role }) => ({
      id,
      name,
      organization,
      role,
      imageHosts: [...imageHosts],
    })),
    isOperator: await sessions.isOperator(session),
    version,
  }
}

function withCookie(body: object, cookie: string | undefined): Reply {
  const headers = { 'cache-control': 'no-store', ...(cookie !== undefined && { 'set-cookie': cookie }) }
  return { body, headers }
}
