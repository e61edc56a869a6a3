/**
 * HTTP: turns the list of routes into one function from Request to Response. In the order of the
 * public-api contract §1.2: CORS, method, caller, read limit, query, handler (which reads the body),
 * answer. Knows nothing of what a route does; failures are worded in errors.ts.
 */
import { type Context, Hono } from 'hono'
import type { Authenticator } from '#auth/caller.ts'
import { AppError } from '#domain/errors.ts'
import type { ProjectId } from '#domain/ids.ts'
import type { ReadBarrier } from '#eventlog/read-barrier.ts'
import type { RateLimiter } from '#lib/rate-limit.ts'
import type { Logger } from '#telemetry/logger.ts'
import type { Metrics } from '#telemetry/metrics.ts'
import { toHeadResponse, toResponse } from './answer.ts'
import { errorReply, type Stage, toAppError } from './errors.ts'
import { type AdminDeps, adminCaller } from './middleware/admin-key.ts'
import { authenticate, type Identity } from './middleware/authenticate.ts'
import { type BodyLimits, readBody, streamOf, textOf } from './middleware/body.ts'
import { type BodyBudget, createBodyBudget } from './middleware/body-budget.ts'
import { reflectOrigin } from './middleware/cors.ts'
import { parseQuery } from './middleware/query.ts'
import { limitReply } from './middleware/read-limit.ts'
import { requestIdFrom } from './middleware/request-id.ts'
import { authenticateSession, type RequestHead, type SessionDeps } from './middleware/session.ts'
import { createWatch, type Outcome, type Watch } from './middleware/watch.ts'
import type { ErrorFamily, Reply, Route, RouteRequest } from './route.ts'
import { bySpecificity } from './route-order.ts'
import { tellingStream } from './telling-stream.ts'
import type { Pages } from './ui-files.ts'

interface HttpOptions {
  /** Largest body of a request, after inflation. */
  readonly maxBodyBytes: number
  /** What the bodies of all requests under way may hold; never less than one body. 64 MiB when absent. */
  readonly maxBodiesBytes?: number
  /** How long a read waits for the writer before it answers with what is there. */
  readonly readBarrierMs: number
  /** Set only while XTRACE_ALLOW_UNAUTHENTICATED_COMPAT applies: the project served without credentials. */
  readonly openProject?: ProjectId | undefined
  /** Where clients reach this server, when it can't tell from their requests. */
  readonly publicUrl?: string | undefined
}

export interface HttpDeps {
  readonly routes: readonly Route[]
  readonly authenticator: Authenticator
  /** Of the web interface; without it nobody is signed in. */
  readonly sessions?: SessionDeps['sessions']
  readonly barrier: Pick<ReadBarrier, 'caughtUp'>
  /** Who comes with the admin key; nobody does when absent. */
  readonly admin?: AdminDeps
  /** Of read routes alone (xtrace-native contract §1). */
  readonly limiter: Pick<RateLimiter, 'take'>
  readonly logger: Logger
  readonly metrics: Metrics
  /** Answers GET and HEAD of paths outside the API; undefined when there is no such page. */
  readonly pages?: Pages
  readonly options: HttpOptions
}

export interface HttpServer {
  /** What it answers. */
  readonly routes: readonly Route[]
  fetch(request: Request, env?: object): Promise<Response>
}

interface Vars {
  /** What the adaptor of Node's server hands over. */
  Bindings: { incoming?: { socket?: { remoteAddress?: string } } }
  Variables: { requestId: string; receivedAt: number; outcome: Pick<Outcome, 'route' | 'error'> }
}

/** Status in metrics and log of a request whose client left before the answer; nobody reads it. */
const CLIENT_CLOSED = 499

/** @throws Error when two routes answer the same method and path */
export function createHttp(deps: HttpDeps): HttpServer {
  const app = new Hono<Vars>()
  const watch = createWatch(deps.logger, deps.metrics)
  const budget = openBudget(deps)
  app.use(async (c, next) => {
    const requestId = requestIdFrom(c.req.header('x-request-id'))
    const receivedAt = Date.now()
    const start = performance.now()
    c.set('requestId', requestId)
    c.set('receivedAt', receivedAt)
    await next()
    c.res.headers.set('X-Request-Id', requestId)
    c.res.headers.set('X-Content-Type-Options', 'nosniff')
    const { method, path } = c.req
    const { route, error } = c.get('outcome') ?? { route: 'preflight' }
    const durationMs = performance.now() - start
    watch.answered({ route, error, method, path, status: c.res.status, requestId, durationMs })
  })
  app.use(reflectOrigin())
  for (const [path, group] of byPath(deps.routes)) {
    for (const route of group.values()) app.on(route.method, path, (c) => answer(c, route, { ...deps, budget, watch }))
    app.all(path, (c) => refuseMethod(c, path, group))
  }
  app.notFound((c) => answerUnrouted(c, deps))
  return { routes: deps.routes, fetch: async (request, env) => await app.fetch(request, env) }
}

const MAX_BODIES_BYTES = 64 * 1024 * 1024

function openBudget({ metrics, options }: HttpDeps): BodyBudget {
  const { maxBodyBytes, maxBodiesBytes = MAX_BODIES_BYTES } = options
  const budget = createBodyBudget(Math.max(maxBodyBytes, maxBodiesBytes))
  metrics.gauge('xtrace_http_body_bytes', 'Bytes of the bodies of requests under way', budget.bytes)
  return budget
}

type Group = ReadonlyMap<string, Route>

function byPath(routes: readonly Route[]): Map<string, Group> {
  const groups = new Map<string, Map<string, Route>>()
  for (const route of [...routes].sort(bySpecificity)) {
    const group = groups.get(route.path) ?? new Map<string, Route>()
    if (group.has(route.method)) throw new Error(`Two routes answer ${route.method} ${route.path}`)
    groups.set(route.path, group.set(route.method, route))
  }
  return groups
}

async function answer(
  c: Context<Vars>,
  route: Route,
  deps: HttpDeps & { readonly budget: BodyBudget; readonly watch: Watch },
): Promise<Response> {
  const { budget } = deps
  const share = budget.open()
  let stage: Stage = 'auth'
  try {
    const identity = await identify(c, route, deps)
    const { caller } = identity
    stage = 'query'
    const limited = route.isRead && !route.isUnlimited && limitReply(deps.limiter.take(caller.publicKey))
    if (limited) throw new LimitReached(limited)
    refuseNul(c.req.url)
    const request = buildRequest(c, { route, identity, limits: { maxBytes: deps.options.maxBodyBytes, budget, share } })
    stage = 'request'
    const behind = route.isRead ? await deps.barrier.caughtUp(deps.options.readBarrierMs) : 0
    const reply = watched(c, await route.handle(request), { route: route.path, watch: deps.watch })
    const response = c.req.method === 'HEAD' ? await toHeadResponse(reply) : toResponse(reply)
    if (behind > 0) response.headers.set('X-Xtrace-Behind-Bytes', String(behind))
    c.set('outcome', { route: route.path })
    return response
  } catch (thrown) {
    return fail(c, thrown, { route: route.path, family: route.errors, stage })
  } finally {
    share.close()
  }
}

/** Should a stream fail, its answer has begun, and breaks off; of a client who left nobody is told. */
function watched(
  c: Context<Vars>,
  reply: Reply,
  { route, watch }: { readonly route: string; readonly watch: Watch },
): Reply {
  if (!(reply.body instanceof ReadableStream)) return reply
  const body = tellingStream(reply.body, (thrown) => {
    const { method, path, raw } = c.req
    if (!raw.signal.aborted)
      watch.brokeOff({ route, method, path, requestId: c.get('requestId'), error: toAppError(thrown) })
  })
  return { ...reply, body }
}

/** No id and no name has one, and not every database can be asked for it. */
function refuseNul(url: string): void {
  if (url.includes('%00')) throw new AppError('bad_request', 'The URL holds a NUL character (%00); take it out')
}

const NO_SESSIONS: SessionDeps['sessions'] = { find: async () => undefined, project: async () => undefined }

const headOf = (c: Context<Vars>): RequestHead => ({
  method: c.req.method,
  url: c.req.url,
  header: (name) => c.req.header(name),
})

async function identify(c: Context<Vars>, route: Route, deps: HttpDeps): Promise<Identity> {
  const { access } = route
  if (access !== 'session') {
    const header = (name: string) => c.req.header(name)
    const admin = route.takesAdminKey && deps.admin && (await adminCaller(header, deps.admin))
    return admin ? { caller: admin } : await authenticate({ ...route, access }, header('authorization'), deps)
  }
  const { sessions = NO_SESSIONS, options } = deps
  return await authenticateSession(
    route,
    { head: headOf(c), projectId: c.req.param('projectId') },
    { sessions, publicUrl: options.publicUrl },
  )
}

/** Carries the limiter's own answer past the error families. */
class LimitReached extends AppError {
  readonly reply: Reply

  constructor(reply: Reply) {
    super('too_many_requests')
    this.reply = reply
  }
}

interface FailurePlace {
  readonly route: string
  readonly family: ErrorFamily
  readonly stage?: Stage
  readonly headers?: Record<string, string>
}

function fail(c: Context<Vars>, thrown: unknown, place: FailurePlace): Response {
  if (c.req.raw.signal.aborted) {
    c.set('outcome', { route: place.route })
    return new Response(null, { status: CLIENT_CLOSED })
  }
  const error = toAppError(thrown)
  c.set('outcome', { route: place.route, error })
  const reply = error instanceof LimitReached ? error.reply : errorReply(error, place.family, place.stage)
  return toResponse({ ...reply, headers: { ...reply.headers, ...place.headers } })
}

function buildRequest(
  c: Context<Vars>,
  { route, identity, limits }: { route: Route; identity: Identity; limits: BodyLimits },
): RouteRequest<unknown, unknown> {
  const query = parseQuery(c.req.url, route.emptiable)
  const params = c.req.param()
  const bytes = () => readBody(c.req.raw, limits)
  return {
    ...identity,
    query: route.query ? route.query.parse(query) : query,
    params: route.params ? route.params.parse(params) : params,
    header: (name) => c.req.header(name.replaceAll('_', '-')) ?? c.req.header(name.replaceAll('-', '_')),
    bytes,
    text: async () => textOf(await bytes()),
    stream: () => streamOf(c.req.raw),
    url: c.req.url,
    remoteAddress: c.env?.incoming?.socket?.remoteAddress,
    requestId: c.get('requestId'),
    get signal() {
      return c.req.raw.signal
    },
    receivedAt: c.get('receivedAt'),
  }
}

function refuseMethod(c: Context<Vars>, path: string, group: Group): Response {
  const [route] = group.values()
  const allow = [...group.keys()].join(', ')
  return fail(c, new AppError('method_not_allowed'), {
    route: path,
    family: route?.errors ?? 'langfuse',
    headers: { Allow: group.has('GET') ? `${allow}, HEAD` : allow },
  })
}

const API = /^\/(?:api|v1)(?:\/|$)/

async function answerUnrouted(c: Context<Vars>, deps: HttpDeps): Promise<Response> {
  const { method, path } = c.req
  const family = path.startsWith('/api/') ? 'langfuse' : 'native'
  try {
    const isPage = (method === 'GET' || method === 'HEAD') && !API.test(path)
    const page = isPage ? await deps.pages?.(path, headOf(c)) : undefined
    if (!page)
      return fail(c, new AppError('not_found', `There is no ${method} ${path} here`), { route: 'none', family })
    c.set('outcome', { route: 'pages' })
    return toResponse(page)
  } catch (thrown) {
    return fail(c, thrown, { route: 'pages', family })
  }
}
