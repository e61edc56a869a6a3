/** Bodies that are refused, in the words of each route's family (langfuse-ingestion contract §1.2 and §2, xtrace-native contract §2-§4). */
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestApp, type TestApp } from '../support/app.ts'

const MAX_BODY_BYTES = 100_000

let app: TestApp
beforeAll(async () => {
  app = await openTestApp({ http: { maxBodyBytes: MAX_BODY_BYTES, readBarrierMs: 5000 } })
})
afterAll(() => app?.close())

type Body = Record<string, unknown>

async function send(
  method: string,
  path: string,
  content: { body?: unknown; headers?: Record<string, string> } = {},
): Promise<readonly [status: number, body: unknown]> {
  const answer = await app.send(method, path, content)
  return [answer.status, await answer.json()]
}

/** A sentence that holds the text. */
const saying = (text: string) => expect.stringContaining(text)

/** How each family words a failure of the body; `name` is the class or code that goes with it. */
const FAMILIES: Readonly<Record<string, (text: string, names: { langfuse: string; native: string }) => Body>> = {
  langfuse: (text, { langfuse }) => ({ message: saying(text), error: langfuse }),
  native: (text, { native }) => ({ message: saying(text), code: native }),
  otlp: (text) => ({ error: saying(text) }),
}

/** Every route that takes JSON, and its family. */
const JSON_ROUTES = [
  ['POST', '/api/public/scores', 'langfuse'],
  ['POST', '/api/public/traces', 'langfuse'],
  ['POST', '/api/public/spans', 'langfuse'],
  ['PATCH', '/api/public/spans', 'langfuse'],
  ['POST', '/api/public/generations', 'langfuse'],
  ['PATCH', '/api/public/generations', 'langfuse'],
  ['POST', '/api/public/events', 'langfuse'],
  ['DELETE', '/api/public/traces', 'langfuse'],
  ['POST', '/v1/l/batch', 'native'],
  ['POST', '/v1/metrics/batch', 'native'],
  ['POST', '/api/public/otel/v1/traces', 'otlp'],
  ['POST', '/v1/traces', 'otlp'],
] as const

const INGESTION = ['POST', '/api/public/ingestion'] as const
const BAD = { langfuse: 'InvalidRequestError', native: 'BAD_REQUEST' }
const TOO_LARGE = { langfuse: 'PayloadTooLargeError', native: 'PAYLOAD_TOO_LARGE' }

const gzip = { 'content-encoding': 'gzip' }
const bytes = (...values: readonly number[]) => new Uint8Array(values)

const DAMAGED: readonly (readonly [string, string | Uint8Array, Record<string, string>, string])[] = [
  ['a body that stops', '{"batch":[', {}, 'JSON'],
  ['no body', '', {}, 'JSON'],
  ['single quotes', "{'a':1}", {}, 'JSON'],
  ['two values', '{} {}', {}, 'JSON'],
  ['NaN', '{"a":NaN}', {}, 'JSON'],
  ['nesting without end', '['.repeat(40_000), {}, 'JSON'],
  ['deep nesting', `${'['.repeat(40_000)}${']'.repeat(40_000)}`, {}, 'JSON'],
  ['nesting of 600 objects', `${'{"a":'.repeat(600)}1${'}'.repeat(600)}`, {}, '512'],
  ['bytes that are no UTF-8', bytes(0x22, 0xff, 0xfe, 0x22), {}, 'UTF-8'],
  ['what is no gzip', '{}', gzip, 'gzip'],
  ['gzip that stops', gzipSync('{"a":1}').subarray(0, 15), gzip, 'gzip'],
  ['an unknown encoding', '{}', { 'content-encoding': 'br' }, "'br'"],
]

describe.concurrent('a damaged body', () => {
  test.each(JSON_ROUTES)('at %s %s', async (method, path, family) => {
    for (const [, body, headers, text] of DAMAGED)
      expect(await send(method, path, { body, headers })).toEqual([400, FAMILIES[family]?.(text, BAD)])
  })

  test('in a batch', async () => {
    for (const [, body, headers, text] of DAMAGED) {
      const expected = { message: 'Invalid request data', errors: [saying(text)] }
      expect(await send(...INGESTION, { body, headers })).toEqual([400, expected])
    }
  })

  test('protobuf that is none', async () => {
    const headers = { 'content-type': 'application/x-protobuf' }
    for (const body of ['{"resourceSpans":[]}', bytes(0x0a, 0xff), bytes(0xff, 0xff, 0xff, 0xff, 0xff), bytes(0x0b)])
      expect(await send('POST', '/v1/traces', { body, headers })).toEqual([400, { error: saying('protobuf') }])
  })

  test.each(['text/plain', 'application/xml', 'multipart/form-data'])('spans as %s', async (type) => {
    const content = { body: '{}', headers: { 'content-type': type } }
    expect(await send('POST', '/v1/traces', content)).toEqual([400, { error: 'Invalid content type' }])
  })

  test('JSON under another content type is still JSON elsewhere', async () => {
    const headers = { 'content-type': 'text/plain' }
    expect(await send(...INGESTION, { body: '{"batch":[]}', headers })).toEqual([207, { successes: [], errors: [] }])
  })
})

describe.concurrent('a body that is too large', () => {
  const large = `{"a":"${'x'.repeat(MAX_BODY_BYTES)}"}`
  const bomb = gzipSync(Buffer.alloc(200_000_000))
  const text = `larger than ${MAX_BODY_BYTES} bytes`
  const ways: readonly (readonly [string, string | Uint8Array, Record<string, string>])[] = [
    ['as it is', large, {}],
    ['with its length', large, { 'content-length': String(large.length) }],
    ['with a length alone', '{}', { 'content-length': '99999999' }],
    ['packed', gzipSync(large), gzip],
    ['as a bomb', bomb, gzip],
  ]

  test.each(JSON_ROUTES)('at %s %s', async (method, path, family) => {
    for (const [, body, headers] of ways)
      expect(await send(method, path, { body, headers })).toEqual([413, FAMILIES[family]?.(text, TOO_LARGE)])
  })

  test('in a batch', async () => {
    for (const [, body, headers] of ways)
      expect(await send(...INGESTION, { body, headers })).toEqual([
        413,
        { message: saying(text), errors: [saying(text)] },
      ])
  })

  test('a bomb costs little memory, and less time than unpacking it would', async () => {
    const before = process.memoryUsage.rss()
    for (let round = 0; round < 20; round++) await send(...INGESTION, { body: bomb, headers: gzip })
    expect(process.memoryUsage.rss() - before).toBeLessThan(1_000_000_000)
  })
})

const T = '2026-01-02T03:04:05Z'

describe.concurrent('a body of the wrong shape', () => {
  test.each<[string, unknown, string]>([
    ['no batch', {}, 'batch'],
    ['a batch that is no list', { batch: {} }, 'batch'],
    ['a list', [], 'expected object'],
    ['null', 'null', 'expected object'],
    ['text', '"text"', 'expected object'],
  ])('of a batch: %s', async (_, body, text) => {
    expect(await send(...INGESTION, { body })).toEqual([
      400,
      { message: 'Invalid request data', errors: [saying(text)] },
    ])
  })

  test('events that are none cost no other its place', async () => {
    const good = { id: 'good', type: 'trace-create', timestamp: T, body: { id: 'good' } }
    const bad = [null, 7, 'x', [], {}, { ...good, id: 7 }, { ...good, id: '' }, { ...good, body: null }]
    const [status, body] = await send(...INGESTION, { body: { batch: [...bad, good] } })
    expect(status).toBe(207)
    expect(body).toMatchObject({ successes: [{ id: 'good', status: 201 }] })
    expect(Object(body).errors.map((error: unknown) => Object(error).id)).toEqual([
      'unknown',
      'unknown',
      'unknown',
      'unknown',
      'unknown',
      'unknown',
      '',
      'good',
    ])
  })

  const score = { traceId: 't', name: 'n', value: 1 }
  test.each<[string, unknown, string]>([
    ['nothing', {}, 'name'],
    ['null', 'null', ''],
    ['no name', { ...score, name: '' }, 'name'],
    ['no subject', { name: 'n', value: 1 }, 'traceId'],
    ['two subjects', { ...score, sessionId: 's' }, 'traceId'],
    ['an observation without its trace', { name: 'n', value: 1, sessionId: 's', observationId: 'o' }, 'observationId'],
    ['a flag as value', { ...score, value: true }, 'value'],
    ['text for a number', { ...score, dataType: 'NUMERIC', value: '1' }, 'value'],
    ['a flag of 2', { ...score, dataType: 'BOOLEAN', value: 2 }, 'value'],
    ['no category', { ...score, dataType: 'CATEGORICAL', value: '' }, 'value'],
    ['a text of 501 characters', { ...score, dataType: 'TEXT', value: 'x'.repeat(501) }, 'value'],
    ['a correction with a config', { ...score, dataType: 'CORRECTION', value: 'x', configId: 'c' }, 'configId'],
    ['a correction of a session', { name: 'n', value: 'x', dataType: 'CORRECTION', sessionId: 's' }, 'traceId'],
    ['a type of null', { ...score, dataType: null }, 'dataType'],
    ['source EVAL', { ...score, source: 'EVAL' }, 'source'],
    ['an annotation without config', { ...score, source: 'ANNOTATION' }, 'configId'],
    ['a timestamp without a zone', { ...score, timestamp: '2026-01-02T03:04:05' }, 'timestamp'],
    ['an id of 801 characters', { ...score, id: 'x'.repeat(801) }, 'id'],
  ])('of a score: %s', async (_, body, field) => {
    const [status, answer] = await send('POST', '/api/public/scores', { body })
    expect([status, Object(answer).message]).toEqual([400, 'Invalid request data'])
    expect(JSON.stringify(Object(answer).error)).toContain(field)
    expect(Object(answer).error[0]).toMatchObject({ code: expect.any(String), path: expect.any(Array) })
  })

  test.each<[string, string, unknown, string]>([
    ['PATCH', 'spans', { name: 'n' }, 'spanId is required'],
    ['PATCH', 'generations', { id: 7 }, 'generationId is required'],
    ['POST', 'traces', [], 'Invalid request data'],
    ['POST', 'traces', { name: 'x'.repeat(1001) }, 'Invalid request data'],
    ['POST', 'spans', { level: 'BAD' }, 'Invalid request data'],
    ['POST', 'generations', { usage: { unit: 'WORDS' } }, 'Invalid request data'],
    ['POST', 'events', { startTime: 'now' }, 'Invalid request data'],
  ])('of the oldest routes: %s %s %j', async (...[method, noun, body, message]) => {
    expect(await send(method, `/api/public/${noun}`, { body })).toMatchObject([400, { message }])
  })

  test.each<[string, unknown]>([
    ['no list', {}],
    ['an empty list', { traceIds: [] }],
    ['1001 ids', { traceIds: Array.from({ length: 1001 }, (_, index) => `t${index}`) }],
    ['numbers', { traceIds: [1] }],
    ['text', { traceIds: 't' }],
    ['null', 'null'],
  ])('of a removal: %s', async (_, body) => {
    expect(await send('DELETE', '/api/public/traces', { body })).toMatchObject([
      400,
      { message: 'Invalid request data', error: [{ message: expect.any(String) }] },
    ])
  })

  const native = (text: string) => [400, { message: saying(text), code: 'BAD_REQUEST' }]
  test.each<[string, unknown, string]>([
    ['null', 'null', 'body'],
    ['a list', [], 'body'],
    ['observations that are no list', { observations: {} }, 'observations'],
    ['a trace without id', { trace: {} }, 'trace.id'],
    ['a trace that is text', { trace: 'x' }, 'trace'],
    ['an observation without id', { observations: [{ traceId: 't' }] }, 'observations[0].id'],
    ['an observation without trace', { observations: [{ id: 'o' }] }, 'observations[0].traceId'],
    ['an unknown type', { observations: [{ id: 'o', traceId: 't', type: 'STEP' }] }, 'observations[0].type'],
    ['a time without a zone', { trace: { id: 't', timestamp: '2026-01-02T03:04:05' } }, 'trace.timestamp'],
    ['tags that are no list', { trace: { id: 't', tags: 'a' } }, 'trace.tags'],
  ])('of a native batch: %s', async (_, body, text) => {
    expect(await send('POST', '/v1/l/batch', { body })).toEqual(native(text))
  })

  test('of one native record: the others are kept', async () => {
    const body = { trace: { id: 'kept' }, observations: [{ id: 'lost' }, { id: 'kept-too', traceId: 'kept' }] }
    expect(await send('POST', '/v1/l/batch', { body })).toEqual([
      207,
      { message: expect.any(String), data: { failed: [{ id: 'lost', index: 0, message: saying('traceId') }] } },
    ])
    expect(await app.get('/api/public/traces/kept')).toMatchObject({ observations: [{ id: 'kept-too' }] })
  })

  const point = { name: 'm', value: 1 }
  test.each<[string, unknown, string]>([
    ['nothing', {}, 'metrics'],
    ['no list', { metrics: {} }, 'metrics'],
    ['no name', { metrics: [{ value: 1 }] }, 'metrics[0].name'],
    ['an empty name', { metrics: [{ ...point, name: '' }] }, 'metrics[0].name'],
    ['a value of text', { metrics: [{ ...point, value: '1' }] }, 'metrics[0].value'],
    ['a value beyond all numbers', '{"metrics":[{"name":"m","value":1e999}]}', 'metrics[0].value'],
    ['labels in labels', { metrics: [{ ...point, labels: { a: {} } }] }, 'metrics[0].labels'],
    ['a time in seconds', { metrics: [{ ...point, timestamp: 1_767_225_600 }] }, 'metrics[0].timestamp'],
  ])('of metrics: %s', async (_, body, text) => {
    expect(await send('POST', '/v1/metrics/batch', { body })).toEqual(native(text))
  })

  test('of one point: the others are kept', async () => {
    const body = { metrics: [{ ...point, name: 'kept' }, { name: 'lost' }] }
    expect(await send('POST', '/v1/metrics/batch', { body })).toEqual([
      207,
      { message: expect.any(String), data: { failed: [{ id: null, index: 1, message: saying('value') }] } },
    ])
    expect(await app.get('/api/public/metrics/names')).toEqual({ data: expect.arrayContaining(['kept']) })
  })

  test('an idempotency key that is too long', async () => {
    const content = { body: { metrics: [point] }, headers: { 'idempotency-key': 'k'.repeat(256) } }
    expect(await send('POST', '/v1/metrics/batch', content)).toEqual(native('Idempotency-Key'))
  })
})
