/** What the tests of the writer share: a writer over a log and an engine, and changes to feed it. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type {
  Change,
  MetricsChange,
  ObservationChange,
  RemovalChange,
  ScoreChange,
  TraceChange,
} from '#domain/change.ts'
import { observationId, projectId, scoreId, traceId } from '#domain/ids.ts'
import type { ModelFinder, TokenCounter } from '#domain/model.ts'
import type { EventLog } from '#eventlog/event-log.ts'
import { createReadBarrier } from '#eventlog/read-barrier.ts'
import type { StoredFeed } from '#eventlog/stored-feed.ts'
import { acceptInto } from '#ingest/accept.ts'
import type { Engine } from '#store/engine.ts'
import { silentLogger } from '#telemetry/logger.ts'
import { createMetrics } from '#telemetry/metrics.ts'
import { startWriter } from '#writer/writer.ts'

const PROJECT = projectId('p')
/** 2026-01-02T03:00:00Z in milliseconds. */
export const T0 = Date.UTC(2026, 0, 2, 3)
export const HOUR_MS = 3_600_000
export const ns = (ms: number) => BigInt(ms) * 1_000_000n

const base = {
  projectId: PROJECT,
  at: T0,
  receivedAt: T0 + 5,
  origin: { apiKey: 'pk', sdkName: 'test', sdkVersion: '1', via: 'ingestion' },
} as const
const viaOtel = { origin: { ...base.origin, via: 'otel' } } as const

export const trace = (id: string, says: Partial<TraceChange> = {}): TraceChange => ({
  ...base,
  kind: 'trace',
  id: traceId(id),
  ...says,
})
export const observation = (id: string, says: Partial<ObservationChange> = {}): ObservationChange => ({
  ...base,
  kind: 'observation',
  id: observationId(id),
  traceId: traceId('t'),
  ...says,
})
export const span = (id: string, says: Partial<ObservationChange> = {}): ObservationChange =>
  observation(id, { ...viaOtel, startTime: ns(T0), endTime: ns(T0 + 10), ...says })
export const score = (id: string, says: Partial<ScoreChange> = {}): ScoreChange => ({
  ...base,
  kind: 'score',
  id: scoreId(id),
  traceId: traceId('t'),
  name: 'quality',
  dataType: 'NUMERIC',
  value: 1,
  stringValue: null,
  source: 'API',
  ...says,
})
export const removalOf = (of: 'trace' | 'score', id: string): RemovalChange => ({
  ...base,
  kind: 'removal',
  of,
  id: of === 'trace' ? traceId(id) : scoreId(id),
})
export const metrics = (values: readonly number[], says: Partial<MetricsChange> = {}): MetricsChange => ({
  ...base,
  kind: 'metrics',
  points: values.map((value) => ({ name: 'load', labels: { node: 'a' }, value, timestamp: ns(T0) })),
  ...says,
})

const noModels: ModelFinder = { find: async () => undefined, byId: async () => undefined }
const noTokens: TokenCounter = { count: () => undefined }

export interface Bench {
  /** Appends the changes of one request. */
  append(...changes: Change[]): Promise<void>
  /** Appends, and resolves once the writer has stored it. */
  store(...changes: Change[]): Promise<void>
  /** Resolves to the bytes still missing: 0 once all is stored. */
  caughtUp(timeoutMs?: number): Promise<number>
  deadLetters(): Promise<unknown[]>
  metricsText(): Promise<string>
  stop(): Promise<void>
}

/** A writer at work. `stop` ends it and removes its dead letters; the log and the engine stay with the caller. */
export async function startBench(options: {
  readonly log: EventLog
  readonly engine: Engine
  readonly models?: ModelFinder
  readonly tokens?: TokenCounter
  readonly feed?: StoredFeed
  readonly stopTimeoutMs?: number
}): Promise<Bench> {
  const dir = await mkdtemp(join(tmpdir(), 'xtrace-writer-'))
  const deadLetterDir = join(dir, 'dead')
  const barrier = createReadBarrier(options.log)
  const metrics = createMetrics()
  const writer = startWriter({
    models: noModels,
    prompts: { find: async () => undefined },
    tokens: noTokens,
    ...options,
    barrier,
    logger: silentLogger,
    metrics,
    deadLetterDir,
  })
  const accept = acceptInto(options.log)
  const caughtUp = (timeoutMs = 20_000) => barrier.caughtUp(timeoutMs)
  return {
    append: (...changes) => accept(changes),
    async store(...changes) {
      await accept(changes)
      const missing = await caughtUp()
      if (missing > 0) throw new Error(`${missing} bytes were not stored in time`)
    },
    caughtUp,
    async deadLetters() {
      const names = await readdir(deadLetterDir).catch(() => [])
      const texts = await Promise.all(names.map((name) => readFile(join(deadLetterDir, name), 'utf8')))
      return texts.flatMap((text) => text.trimEnd().split('\n')).map((line) => JSON.parse(line))
    },
    metricsText: () => metrics.text(),
    async stop() {
      await writer.stop()
      await rm(dir, { recursive: true, force: true })
    },
  }
}
