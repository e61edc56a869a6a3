import { gzipSync } from 'node:zlib'
import { BinaryReader } from '@bufbuild/protobuf/wire'
import { expect, test } from 'vitest'
import type { Caller } from '#auth/caller.ts'
import type { Change } from '#domain/change.ts'
import { AppError } from '#domain/errors.ts'
import { projectId } from '#domain/ids.ts'
import { createHttp } from '#http/server.ts'
import { exportOf, toOtlpJson, toOtlpProtobuf } from '#ingest/otlp/otlp-request.fixture.ts'
import { silentLogger } from '#telemetry/logger.ts'
import { nopMetrics } from '#telemetry/metrics.ts'
import { otelRoutes } from './otel.ts'

const PATH = '/api/public/otel/v1/traces'
const JSON_TYPE = 'application/json'
const PROTOBUF_TYPE = 'application/x-protobuf'

const oneSpan = exportOf({ spans: [{ name: 'root' }] })

interface Served {
  readonly accepted: Change[]
  readonly refused: unknown[]
  post(body: string | Uint8Array, headers: Record<string, string>, path?: string): Promise<Response>
}

interface Serving {
  readonly scope?: Caller['scope']
  readonly accept?: () => Promise<void>
  readonly admit?: (bytes: number) => void
}

function serve({ scope = 'project', accept, admit = () => {} }: Serving = {}): Served {
  const accepted: Change[] = []
  const refused: unknown[] = []
  const http = createHttp({
    routes: otelRoutes({
      admit,
      accept: accept ?? (async (changes) => void accepted.push(...changes)),
      refusals: { refused: (via, records) => void refused.push(...records.map((record) => [via, record.id])) },
    }),
    authenticator: {
      authenticate: async () => ({ caller: { projectId: projectId('p1'), scope, isToken: false, publicKey: 'pk-1' } }),
    },
    barrier: { caughtUp: async () => 0 },
    limiter: { take: () => ({ allowed: true }) },
    logger: silentLogger,
    metrics: nopMetrics,
    options: { maxBodyBytes: 100_000, readBarrierMs: 1 },
  })
  const post = (body: string | Uint8Array, headers: Record<string, string>, path = PATH) =>
    http.fetch(
      new Request(`http://xtrace${path}`, { method: 'POST', body: new Uint8Array(Buffer.from(body)), headers }),
    )
  return { accepted, refused, post }
}

test.each([PATH, '/v1/traces'])(
  'row 46: %s answers in the encoding of the request, with exactly its type',
  async (path) => {
    const { accepted, post } = serve()
    const json = await post(toOtlpJson(oneSpan), { 'content-type': `${JSON_TYPE}; charset=utf-8` }, path)
    expect([json.status, json.headers.get('content-type'), await json.text()]).toEqual([200, JSON_TYPE, '{}'])
    const protobuf = await post(toOtlpProtobuf(oneSpan), { 'content-type': PROTOBUF_TYPE }, path)
    expect([protobuf.status, protobuf.headers.get('content-type')]).toEqual([200, PROTOBUF_TYPE])
    expect((await protobuf.arrayBuffer()).byteLength).toBe(0)
    expect(accepted.map(({ kind }) => kind)).toEqual(['observation', 'trace', 'observation', 'trace'])
  },
)

test('the record says who sent it, with hyphens or underscores', async () => {
  const { accepted, post } = serve()
  const headers = { 'content-type': JSON_TYPE, x_langfuse_sdk_name: 'python', 'x-langfuse-sdk-version': '3.2.1' }
  await post(toOtlpJson(oneSpan), headers)
  expect(accepted[0]?.origin).toEqual({ apiKey: 'pk-1', sdkName: 'python', sdkVersion: '3.2.1', via: 'otel' })
})

test('gzip is inflated', async () => {
  const { accepted, post } = serve()
  const response = await post(gzipSync(toOtlpProtobuf(oneSpan)), {
    'content-type': PROTOBUF_TYPE,
    'content-encoding': 'gzip',
  })
  expect(response.status).toBe(200)
  expect(accepted).toHaveLength(2)
})

test.each([
  ['{}', JSON_TYPE],
  ['{"resourceSpans":[]}', JSON_TYPE],
  ['', PROTOBUF_TYPE],
])('row 46: %s as %s is an empty export, whatever version it announces', async (body, type) => {
  const { accepted, post } = serve()
  const response = await post(body, { 'content-type': type, 'x-langfuse-ingestion-version': '99' })
  expect(response.status).toBe(200)
  expect(accepted).toEqual([])
})

test.each([
  ['row 47: version 5', { x_langfuse_ingestion_version: '5' }, '"4"'],
  ['row 47: version x', { 'x-langfuse-ingestion-version': 'x' }, '"4"'],
  ['content type', { 'content-type': 'text/plain' }, 'Invalid content type'],
  ['protobuf as JSON', { 'content-type': PROTOBUF_TYPE }, 'protobuf'],
  ['no gzip', { 'content-encoding': 'gzip' }, ''],
])('400 {error}, nothing stored: %s', async (_, headers, text) => {
  const { accepted, post } = serve()
  const response = await post(toOtlpJson(oneSpan), { 'content-type': JSON_TYPE, ...headers })
  const body = await response.json()
  expect(response.status).toBe(400)
  expect(body).toEqual({ error: expect.stringContaining(text) })
  expect(accepted).toEqual([])
})

test('version 4 is understood', async () => {
  const response = await serve().post(toOtlpJson(oneSpan), {
    'content-type': JSON_TYPE,
    'x-langfuse-ingestion-version': '4',
  })
  expect(response.status).toBe(200)
})

test('a public key alone may not send spans', async () => {
  const { accepted, post } = serve({ scope: 'scores' })
  expect((await post(toOtlpJson(oneSpan), { 'content-type': JSON_TYPE })).status).toBe(403)
  expect(accepted).toEqual([])
})

test('spans that are left out are counted and told in the answer', async () => {
  const request = exportOf({ spans: [{ spanId: 'a'.repeat(1602) }, {}] })
  const { accepted, refused, post } = serve()
  const json = await post(toOtlpJson(request), { 'content-type': JSON_TYPE })
  expect(await json.json()).toEqual({
    partialSuccess: { rejectedSpans: 1, errorMessage: expect.stringContaining('1 spans were not stored') },
  })
  expect(accepted).toHaveLength(2)
  expect(refused).toHaveLength(1)
  const protobuf = await post(toOtlpProtobuf(request), { 'content-type': PROTOBUF_TYPE })
  const reader = new BinaryReader(new Uint8Array(await protobuf.arrayBuffer()))
  expect([reader.uint32(), reader.uint32() > 0, reader.uint32(), reader.int64()]).toEqual([10, true, 8, 1n])
})

test('a full log is a retryable failure', async () => {
  const accept = async () => {
    throw new AppError('log_full', undefined, { retryAfter: 2 })
  }
  const response = await serve({ accept }).post(toOtlpJson(oneSpan), { 'content-type': JSON_TYPE })
  expect([response.status, response.headers.get('retry-after')]).toEqual([503, '2'])
})

test('metrics are answered and not kept', async () => {
  const { accepted, post } = serve()
  const response = await post('whatever', { 'content-type': PROTOBUF_TYPE }, '/api/public/otel/v1/metrics')
  expect([response.status, await response.json()]).toEqual([200, { message: 'OK' }])
  expect(accepted).toEqual([])
})

test('what the log has no room for is refused by its length, before it is decoded', async () => {
  const admit = (bytes: number) => {
    if (bytes > 10) throw new AppError('log_full', undefined, { retryAfter: 1 })
  }
  const headers = { 'content-type': PROTOBUF_TYPE, 'content-length': '11' }
  const response = await serve({ admit }).post('not protobuf', headers)
  expect([response.status, response.headers.get('retry-after')]).toEqual([503, '1'])
})
