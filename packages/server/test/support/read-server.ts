/** The read routes over a seeded engine; changes that they accept are kept for the test to look at. */
import { afterAll, beforeAll } from 'vitest'
import type { Change } from '#domain/change.ts'
import type { Model } from '#domain/model.ts'
import type { ReadDeps } from '#http/read-deps.ts'
import type { Route } from '#http/route.ts'
import { metricRoutes } from '#http/routes/metrics.ts'
import { metricsQueryRoutes } from '#http/routes/metrics-query.ts'
import { observationRoutes } from '#http/routes/observations.ts'
import { scoreReadRoutes } from '#http/routes/scores-read.ts'
import { sessionRoutes } from '#http/routes/sessions.ts'
import { traceRoutes } from '#http/routes/traces.ts'
import { createHttp } from '#http/server.ts'
import { silentLogger } from '#telemetry/logger.ts'
import { nopMetrics } from '#telemetry/metrics.ts'
import { openTestEngine } from './engine.ts'
import { createSeeder, OTHER_PROJECT, PROJECT, type Seeder } from './seed.ts'

export interface ReadServer {
  readonly seed: Seeder
  readonly accepted: readonly Change[]
  readonly routes: readonly Route[]
  /** A request as PROJECT, or as OTHER_PROJECT with the header `authorization: other`. */
  send(path: string, init?: RequestInit): Promise<{ status: number; body: unknown }>
  close(): Promise<void>
}

const MODEL: Model = {
  id: 'm1',
  projectId: undefined,
  modelName: 'gpt-4o',
  matchPattern: 'gpt-4o',
  startDate: undefined,
  unit: 'TOKENS',
  tokenizerId: undefined,
  tokenizerConfig: undefined,
  tiers: [
    {
      id: 'm1-default',
      name: 'Standard',
      isDefault: true,
      priority: 0,
      conditions: [],
      prices: { input: 1.5e-7, output: 0.00001 },
    },
    { id: 'm1-large', name: 'Large', isDefault: false, priority: 1, conditions: [], prices: { input: 0.5, total: 3 } },
  ],
  createdAt: 0,
  updatedAt: 0,
}

export async function openReadServer(options: Pick<ReadDeps, 'maxTraceBytes'> = {}): Promise<ReadServer> {
  const { engine, close } = await openTestEngine()
  const accepted: Change[] = []
  const deps: ReadDeps = {
    engine,
    accept: async (changes) => {
      accepted.push(...changes)
    },
    models: { find: async () => undefined, byId: async (_project, id) => (id === MODEL.id ? MODEL : undefined) },
    releaseMedia: async () => {},
    ...options,
  }
  const routes = [
    traceRoutes,
    observationRoutes,
    sessionRoutes,
    scoreReadRoutes,
    metricRoutes,
    metricsQueryRoutes,
  ].flatMap((build) => build(deps))
  const http = createHttp({
    routes,
    authenticator: {
      authenticate: async (header) => ({
        caller: {
          projectId: header === 'other' ? OTHER_PROJECT : PROJECT,
          scope: 'project',
          isToken: false,
          publicKey: 'pk',
        },
      }),
    },
    barrier: { caughtUp: async () => 0 },
    limiter: { take: () => ({ allowed: true }) },
    logger: silentLogger,
    metrics: nopMetrics,
    options: { maxBodyBytes: 1_000_000, readBarrierMs: 5 },
  })
  return {
    seed: createSeeder(engine),
    accepted,
    routes,
    async send(path, init = {}) {
      const headers = { authorization: 'mine', ...init.headers }
      const response = await http.fetch(new Request(`http://xtrace${path}`, { ...init, headers }))
      const body: unknown = await response.json()
      return { status: response.status, body }
    },
    close,
  }
}

/** The server with these rows, open while the tests of the file run that calls this; once a file. */
export function readServerWith(rows: (seed: Seeder) => Promise<void>): () => ReadServer {
  let opened: ReadServer | undefined
  beforeAll(async () => {
    opened = await openReadServer()
    await rows(opened.seed)
  }, 60_000)
  afterAll(() => opened?.close())
  return () => {
    if (!opened) throw new Error('Asked before the tests began')
    return opened
  }
}
