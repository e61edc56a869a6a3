import { Health, HealthQuery, Liveness, RateLimitStats, Readiness, z } from '@xtrace/contract'
import { type Access, type Reply, type Route, type RouteDoc, route } from '#http/route.ts'
import type { RateLimiter } from '#lib/rate-limit.ts'
import { METRICS_CONTENT_TYPE, type Metrics } from '#telemetry/metrics.ts'

export interface SystemDeps {
  readonly version: string
  /** Rejects when the store or the catalogue does not answer. */
  checkStorage(): Promise<void>
  /** Whether anything was recorded within the last three minutes, in any project. */
  hasRecentEvents(): Promise<boolean>
  /** True from the moment at which the process was told to stop. */
  isClosing(): boolean
  readonly limiter: Pick<RateLimiter, 'stats'>
  readonly metrics: Pick<Metrics, 'text'>
  /** `none` where only this machine can connect, else `token`. */
  readonly metricsAccess: Extract<Access, 'none' | 'token'>
  /** A storage that takes longer to answer a probe is as good as gone; 2000 when absent. */
  readonly probeTimeoutMs?: number
}

const PROBE_TIMEOUT_MS = 2000

/** What runs the process asks: probes, health, figures (public-api contract §2, xtrace-native contract §1 and §8). */
export function systemRoutes(deps: SystemDeps): Route[] {
  return [...probeRoutes(deps), ...healthRoutes(deps), ...figureRoutes(deps)]
}

const doc = (operationId: string, summary: string, responses: RouteDoc['responses']) => ({
  operationId,
  tag: 'System',
  summary,
  responses,
})

const open = { method: 'GET', access: 'none' } as const

function probeRoutes(deps: SystemDeps): Route[] {
  return [
    route({
      ...open,
      path: '/healthz',
      errors: 'native',
      doc: doc('healthz', 'Whether the process is up', { 200: Liveness }),
      handle: () => ({ body: { status: 'ok' } satisfies Liveness }),
    }),
    route({
      ...open,
      path: '/readyz',
      errors: 'native',
      doc: doc('readyz', 'Whether the storage answers', { 200: Readiness, 503: Readiness }),
      handle: async () => {
        const isReady = !deps.isClosing() && (await answers(deps))
        const body: Readiness = { status: isReady ? 'ready' : 'not_ready' }
        return { status: isReady ? 200 : 503, body }
      },
    }),
  ]
}

function healthRoutes(deps: SystemDeps): Route[] {
  return [
    route({
      ...open,
      path: '/api/public/health',
      errors: 'langfuse',
      query: HealthQuery,
      doc: doc('health', 'Health, with the version', { 200: Health, 503: Health }),
      handle: async ({ query }) => {
        if (query.failIfDatabaseUnavailable && !(await answers(deps))) return health(deps, 'Database not available')
        if (query.failIfNoRecentEvents && !(await deps.hasRecentEvents())) return health(deps, 'No recent events')
        return health(deps)
      },
    }),
    route({
      ...open,
      path: '/api/public/ready',
      errors: 'langfuse',
      doc: doc('ready', 'Whether requests are taken; not while shutting down', { 200: Health, 503: Health }),
      handle: () => (deps.isClosing() ? health(deps, 'Shutting down') : health(deps)),
    }),
  ]
}

function health({ version }: SystemDeps, fault?: string): Reply {
  return { status: fault === undefined ? 200 : 503, body: { status: fault ?? 'OK', version } satisfies Health }
}

function figureRoutes(deps: SystemDeps): Route[] {
  return [
    route({
      method: 'GET',
      path: '/metrics',
      access: deps.metricsAccess,
      errors: 'native',
      doc: {
        ...doc('metrics', 'Figures of the process, for Prometheus', { 200: z.string() }),
        description: 'Open while the process listens on loopback only; on any other address it needs the bearer token.',
        responseType: METRICS_CONTENT_TYPE,
      },
      handle: async () => ({ body: await deps.metrics.text(), headers: { 'content-type': METRICS_CONTENT_TYPE } }),
    }),
    route({
      method: 'GET',
      path: '/api/internal/rate_limit_stats',
      access: 'token',
      errors: 'native',
      doc: doc('rate_limit_stats', 'What the read limiter did', { 200: RateLimitStats }),
      handle: () => ({ body: limiterFigures(deps.limiter.stats()) }),
    }),
  ]
}

function limiterFigures({
  qps,
  burst,
  totalAllowed,
  totalRejected,
  topRejected,
}: ReturnType<RateLimiter['stats']>): RateLimitStats {
  const total = totalAllowed + totalRejected
  return {
    rate_limit_qps: qps,
    rate_limit_burst: burst,
    total_allowed: totalAllowed,
    total_rejected: totalRejected,
    rejection_rate: total === 0 ? 0 : totalRejected / total,
    top_rejected_tokens: topRejected.map(({ credential, count }) => ({ token: credential, count })),
  }
}

/** Whether the storage answers in time. Why it doesn't is the storage's own to log. */
async function answers(deps: SystemDeps): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const timeout = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), deps.probeTimeoutMs ?? PROBE_TIMEOUT_MS)
  })
  const check = deps.checkStorage().then(
    () => true,
    () => false,
  )
  const isUp = await Promise.race([check, timeout])
  clearTimeout(timer)
  return isUp
}
