/** For tests: a server of few routes, whose callers are told apart by the word in their authorization header. */
import type { Authenticator, AuthResult, Caller } from '#auth/caller.ts'
import { AppError } from '#domain/errors.ts'
import { projectId } from '#domain/ids.ts'
import { silentLogger } from '#telemetry/logger.ts'
import { nopMetrics } from '#telemetry/metrics.ts'
import { type Route, type RouteRequest, route } from './route.ts'
import { createHttp, type HttpDeps } from './server.ts'

export const PROJECT = projectId('p1')
export const AUTH = { headers: { authorization: 'Basic' } }

const full: Caller = { projectId: PROJECT, scope: 'project', isToken: false, publicKey: 'pk-1' }
const CALLERS: Record<string, AuthResult> = {
  Basic: { caller: full },
  Token: { caller: { ...full, isToken: true, publicKey: 'token' } },
  Scores: { caller: { ...full, scope: 'scores' } },
  Bad: { failure: 'credentials' },
  BadPublic: { failure: 'public_key' },
  Strange: { failure: 'scheme' },
}
const authenticator: Authenticator = {
  authenticate: async (header) => (header === undefined ? { failure: 'missing' } : (CALLERS[header] ?? broken())),
}

function broken(): never {
  throw new AppError('unavailable', 'The catalogue is gone')
}

type Part = Partial<Route> & Pick<Route, 'handle'>

/** An open GET of things, but for what `part` says. */
export const tiny = (part: Part): Route =>
  route({
    method: 'GET',
    path: '/api/public/things',
    access: 'none',
    errors: 'langfuse',
    doc: { operationId: 'thing', tag: 'Things', summary: 'A thing', responses: {} },
    ...part,
  })

/** A server of these routes, asked by path. */
export function serve(routes: readonly Route[], deps: Partial<HttpDeps> = {}) {
  const http = createHttp({
    routes,
    authenticator,
    barrier: { caughtUp: async () => 0 },
    limiter: { take: () => ({ allowed: true }) },
    logger: silentLogger,
    metrics: nopMetrics,
    ...deps,
    options: { maxBodyBytes: 1000, readBarrierMs: 5, ...deps.options },
  })
  return (path: string, init?: RequestInit) => http.fetch(new Request(`http://xtrace${path}`, init))
}

/** One route that answers with what `pick` takes from the request. */
export const echo = (pick: (request: RouteRequest<unknown, unknown>) => unknown, part: Partial<Route> = {}) =>
  serve([tiny({ handle: async (request) => ({ body: await pick(request) }), ...part })])
