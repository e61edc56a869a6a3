/** The program as the matrix speaks to it: events and spans go in over HTTP, what reads show comes out. */
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { AppOptions } from '#app-options.ts'
import { type Catalog, openCatalog } from '#catalog/catalog.ts'
import { type ExportSample, exportOf, toOtlpJson, toOtlpProtobuf } from '#ingest/otlp/otlp-request.fixture.ts'
import { openChdb } from '#store/chdb.ts'
import type { Row, Table } from '#store/engine.ts'
import { type Sql, sql, str } from '#store/sql.ts'
import { silentLogger } from '#telemetry/logger.ts'
import { openTestApp, type TestApp } from '../support/app.ts'

/** 2026-01-02T03:04:05.678Z in milliseconds since the epoch: the time of an event that does not say. */
export const T0 = Date.UTC(2026, 0, 2, 3, 4, 5, 678)

/** The instant `ms` after T0. */
export const at = (ms: number): string => new Date(T0 + ms).toISOString()

export interface Envelope {
  readonly id?: unknown
  readonly timestamp?: string
}

/** One element of a batch. */
export function event(type: string, body: object, envelope: Envelope = {}): object {
  return { id: randomUUID(), timestamp: at(0), type, body, ...envelope }
}

/** A record whose fields of these names equal these, where `toMatchObject` would let their objects have more members. */
export const having = (fields: object): unknown => expect.objectContaining(fields)

export interface Verdicts {
  readonly successes: readonly { id: string; status: number }[]
  readonly errors: readonly { id: string; status: number; message?: string; error?: string }[]
}

export interface ExportOptions {
  /** `name/version` of the SDK that claims to send it. */
  readonly sdk?: string
  readonly as?: 'json' | 'protobuf'
}

export interface World extends Omit<TestApp, 'restart'> {
  /** Posts a batch; the answer must be 207. */
  ingest(...events: readonly unknown[]): Promise<Verdicts>
  /** As `ingest`; no event may be refused. */
  accept(...events: readonly unknown[]): Promise<void>
  /** Exports spans; the answer must be 200. */
  export(sample: ExportSample, options?: ExportOptions): Promise<void>
  trace(id: string): Promise<unknown>
  observation(id: string): Promise<unknown>
  score(id: string): Promise<unknown>
  /** What the store holds of one entity, for what no read shows; the API read before it waits for the writer. */
  stored(table: Extract<Table, 'traces' | 'observations' | 'scores'>, id: string): Promise<Row | undefined>
}

/** Opens the program with `prepare` run over its catalogue. One at a time in a test file. */
export async function openWorld(
  prepare: (catalog: Catalog) => Promise<unknown> = async () => {},
  change: Partial<AppOptions> = {},
): Promise<World> {
  const app = await openTestApp(change)
  const catalog = await openCatalog({ path: join(app.dataDir, 'catalog.db'), logger: silentLogger })
  await prepare(catalog)
  await catalog.close()
  const ingest: World['ingest'] = async (...batch) => {
    const answer = await app.send('POST', '/api/public/ingestion', { body: { batch } })
    if (answer.status !== 207) throw new Error(`ingestion: ${answer.status} ${await answer.text()}`)
    return JSON.parse(await answer.text())
  }
  return {
    ...app,
    ingest,
    async accept(...events) {
      const { errors } = await ingest(...events)
      if (errors.length > 0) throw new Error(`refused: ${JSON.stringify(errors)}`)
    },
    async export(sample, options) {
      const answer = await app.send('POST', '/api/public/otel/v1/traces', exportRequest(sample, options))
      if (answer.status !== 200) throw new Error(`export: ${answer.status} ${await answer.text()}`)
    },
    trace: (id) => app.get(`/api/public/traces/${encodeURIComponent(id)}`),
    observation: (id) => app.get(`/api/public/observations/${encodeURIComponent(id)}`),
    score: (id) => app.get(`/api/public/v2/scores/${encodeURIComponent(id)}`),
    async stored(table, id) {
      await app.get('/api/public/sessions?limit=1')
      return await readStore(app.dataDir, QUERIES[table](id))
    },
  }
}

function exportRequest(sample: ExportSample, { sdk = 'python/4.18.0', as = 'json' }: ExportOptions = {}) {
  const [name = '', version = ''] = sdk.split('/')
  const request = exportOf(sample)
  return {
    body: as === 'json' ? toOtlpJson(request) : toOtlpProtobuf(request),
    headers: {
      'content-type': as === 'json' ? 'application/json' : 'application/x-protobuf',
      'x-langfuse-sdk-name': name,
      'x-langfuse-sdk-version': version,
    },
  }
}

const QUERIES: Record<'traces' | 'observations' | 'scores', (id: string) => Sql> = {
  traces: (id) => sql`SELECT * FROM traces FINAL WHERE id = ${str(id)}`,
  observations: (id) => sql`SELECT * FROM observations FINAL WHERE id = ${str(id)}`,
  scores: (id) => sql`SELECT * FROM scores FINAL WHERE id = ${str(id)}`,
}

/** A second engine over the folder: this process holds it already. */
async function readStore(dataDir: string, question: Sql): Promise<Row | undefined> {
  const engine = await openChdb({
    path: join(dataDir, 'store'),
    memoryBytes: 1_500_000_000,
    queryConnections: 1,
    maxQuerySeconds: 20,
    maxQueryMemoryBytes: 700_000_000,
    logger: silentLogger,
  })
  try {
    return (await engine.query(question))[0]
  } finally {
    await engine.close()
  }
}
