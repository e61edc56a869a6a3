/** OTLP on the wire: rows 46-50 and 55 of the matrix in langfuse-ingestion contract §9, and the encodings of §5.1 and §5.2. */
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { exportOf, type SpanSample, START_NS, toOtlpJson, toOtlpProtobuf } from '#ingest/otlp/otlp-request.fixture.ts'
import { JsonText } from '#lib/json/json-text.ts'
import { TEST_KEYS } from '../support/app.ts'
import { having, openWorld, type World } from './world.ts'

const PATH = '/api/public/otel/v1/traces'
const JSON_TYPE = 'application/json'
const PROTOBUF_TYPE = 'application/x-protobuf'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world?.close())

const post = (body: unknown, headers: Record<string, string> = {}) => world.send('POST', PATH, { body, headers })
const isStored = async (id: string) => (await world.send('GET', `/api/public/observations/${id}`)).status === 200

/** A span as JSON, with fields that an exporter would never send. */
const rawSpan = (fields: object) => ({ name: 'raw', startTimeUnixNano: '1', endTimeUnixNano: '2', ...fields })
const rawExport = (...spans: readonly object[]) => ({
  resourceSpans: [{ scopeSpans: [{ scope: { name: 'odd-scope' }, spans }] }],
})

describe.concurrent('the matrix: OTLP transport', () => {
  test.each([
    ['{}', JSON_TYPE, '{}'],
    ['{"resourceSpans":[]}', `${JSON_TYPE}; charset=utf-8`, '{}'],
    ['', PROTOBUF_TYPE, ''],
  ])('row 46: the empty export %j as %s', async (body, type, answered) => {
    const answer = await post(body, { 'content-type': type })
    expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([
      200,
      type.split(';')[0],
      answered,
    ])
  })

  test.each([
    ['x_langfuse_ingestion_version', '5'],
    ['x-langfuse-ingestion-version', '5'],
    ['x-langfuse-ingestion-version', 'four'],
  ])('row 47: %s: %s is refused, and 4 named as the highest', async (header, version) => {
    const spanId = `row47-${header}-${version}`
    const answer = await post(toOtlpJson(exportOf({ spans: [{ spanId }] })), { [header]: version })
    expect([answer.status, await answer.json()]).toEqual([400, { error: expect.stringContaining('"4"') }])
    expect(await isStored(spanId)).toBe(false)
  })

  test('row 47: version 4 is taken', async () => {
    const answer = await post(toOtlpJson(exportOf({ spans: [{ spanId: 'version-4' }] })), {
      'x-langfuse-ingestion-version': '4',
    })
    expect(answer.status).toBe(200)
    expect(await isStored('version-4')).toBe(true)
  })

  test('row 48: two spans without ids and a list that is none: counted, the scope named, nothing stored', async () => {
    const good = rawSpan({ traceId: 'row48', spanId: 'row48' })
    const { resourceSpans } = rawExport(good, rawSpan({ spanId: 'a' }), rawSpan({ traceId: { odd: 1 }, spanId: 'b' }))
    const answer = await post({ resourceSpans: [...resourceSpans, { scopeSpans: {} }] })
    const error = await answer.text()
    expect(answer.status).toBe(400)
    for (const part of ['2 spans', 'traceId:absent', 'traceId:not_an_id', 'scopeSpans:not_an_array', 'odd-scope'])
      expect(error).toContain(part)
    expect(await isStored('row48')).toBe(false)
  })

  test.each<[string, object, string]>([
    [
      'attributes as an object',
      rawExport(rawSpan({ traceId: 'a', spanId: 'row49', attributes: { key: 'value' } })),
      'attributes:not_an_array',
    ],
    [
      'a logs export',
      { resourceSpans: [{ scopeSpans: [{ scope: { name: 'logs' }, spans: [{ body: { stringValue: 'line' } }] }] }] },
      'traceId:absent',
    ],
    ['events as text', rawExport(rawSpan({ traceId: 'a', spanId: 'row49', events: 'x' })), 'events:not_an_array'],
    [
      'a parent that is no id',
      rawExport(rawSpan({ traceId: 'a', spanId: 'row49', parentSpanId: true })),
      'parentSpanId:not_an_id',
    ],
  ])('row 49: %s', async (_, body, reason) => {
    const answer = await post(body)
    expect([answer.status, await answer.json()]).toEqual([400, { error: expect.stringContaining(reason) }])
    expect(await isStored('row49')).toBe(false)
  })

  test.each<[string, unknown, unknown, { id: string; traceId: string }]>([
    [
      'base64 text',
      'CvdlGRbNQ92ESOshHIAxnA==',
      'ASNFZ4mrze8=',
      { id: 'ASNFZ4mrze8=', traceId: 'CvdlGRbNQ92ESOshHIAxnA==' },
    ],
    ['bytes', [10, 11, 12], [255], { id: 'ff', traceId: '0a0b0c' }],
    [
      'a printed Buffer',
      { type: 'Buffer', data: [1, 2] },
      { type: 'Buffer', data: [3] },
      { id: '03', traceId: '0102' },
    ],
    ['all zero', '0'.repeat(32), '0'.repeat(16), { id: '0'.repeat(16), traceId: '0'.repeat(32) }],
    [
      'capitals',
      'ABCDEF01'.repeat(4),
      'ABCDEF02'.repeat(2),
      { id: 'abcdef02'.repeat(2), traceId: 'abcdef01'.repeat(4) },
    ],
  ])('row 50: ids as %s', async (...[, traceId, spanId, expected]) => {
    expect((await post(rawExport(rawSpan({ traceId, spanId })))).status).toBe(200)
    expect(await world.observation(expected.id)).toEqual(having({ parentObservationId: null, ...expected }))
  })

  test.each(['json', 'protobuf'] as const)('row 55: 64-bit integers and instants are exact from %s', async (as) => {
    const spanId = as === 'json' ? 'aaaaaaaaaaaaaa55' : 'bbbbbbbbbbbbbb55'
    const attributes = {
      'langfuse.observation.metadata.big': new JsonText('9007199254740993'),
      'langfuse.observation.metadata.small': new JsonText('7'),
      'langfuse.observation.metadata.least': new JsonText('-9223372036854775808'),
      'gen_ai.usage.input_tokens': new JsonText('7'),
    }
    await world.export({ spans: [{ spanId, startNs: START_NS, endNs: START_NS + 1n, attributes }] }, { as })
    const answer = await world.send('GET', `/api/public/observations/${spanId}`)
    const text = await answer.text()
    expect(text).toContain('"big":9007199254740993')
    expect(text).toContain('"least":-9223372036854775808')
    expect(JSON.parse(text)).toMatchObject({ metadata: { small: 7 }, usageDetails: { input: 7 } })
    expect(await world.stored('observations', spanId)).toMatchObject({
      start_time: expect.stringMatching(/\.123456789$/),
      end_time: expect.stringMatching(/\.123456790$/),
    })
  })

  test.each<[string, unknown, unknown]>([
    ['{"intValue":"7"}', { intValue: '7' }, 7],
    ['{"intValue":{"low":7,"high":0}}', { intValue: { low: 7, high: 0 } }, 7],
    ['{"intValue":{"low":-1,"high":-1}}', { intValue: { low: -1, high: -1 } }, -1],
    ['{"doubleValue":"NaN"}', { doubleValue: 'NaN' }, 'NaN'],
    ['{"doubleValue":"1.5"}', { doubleValue: '1.5' }, 1.5],
    ['{"boolValue":false}', { boolValue: false }, false],
    ['{}', {}, null],
    ['nothing', undefined, null],
    ['{"arrayValue":{}}', { arrayValue: {} }, []],
  ])('row 55: %s as a value of JSON', async (name, value, expected) => {
    const spanId = `row55-${name}`
    const attributes = [{ key: 'langfuse.observation.metadata.k', value }]
    expect((await post(rawExport(rawSpan({ traceId: 'row55', spanId, attributes })))).status).toBe(200)
    expect(await world.observation(spanId)).toMatchObject({ metadata: { k: expected } })
  })
})

const spans: readonly SpanSample[] = [
  { name: 'root', attributes: { 'langfuse.observation.input': '{"a":1}', 'langfuse.trace.tags': ['x', 'ü'] } },
  { name: 'child', parentSpanId: '0000000000000001', status: { code: 2, message: 'broke' } },
]

describe.concurrent('§5.1: one export, four encodings', () => {
  test.each<[string, string, Record<string, string>, (text: string, bytes: Uint8Array) => string | Uint8Array]>([
    ['JSON', '1a', { 'content-type': JSON_TYPE }, (text) => text],
    ['JSON with parameters', '1b', { 'content-type': `${JSON_TYPE}; charset=utf-8` }, (text) => text],
    ['JSON, gzip', '1c', { 'content-type': JSON_TYPE, 'content-encoding': 'gzip' }, (text) => gzipSync(text)],
    ['protobuf', '1d', { 'content-type': PROTOBUF_TYPE }, (_, bytes) => bytes],
    [
      'protobuf, gzip',
      '1e',
      { 'content-type': PROTOBUF_TYPE, 'content-encoding': 'gzip' },
      (_, bytes) => gzipSync(bytes),
    ],
  ])('%s', async (...[, prefix, headers, body]) => {
    const traceId = prefix.repeat(16)
    const ids = [prefix.repeat(8), `${prefix.repeat(7)}ff`]
    const [rootId = '', childId = ''] = ids
    const request = exportOf({
      spans: spans.map((span, index) => ({
        ...span,
        traceId,
        spanId: ids[index] ?? '',
        parentSpanId: index === 0 ? undefined : rootId,
      })),
    })
    const answer = await post(body(toOtlpJson(request), toOtlpProtobuf(request)), headers)
    const type = headers['content-type']?.split(';')[0]
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, type])
    expect(await answer.text()).toBe(type === JSON_TYPE ? '{}' : '')
    expect(await world.trace(traceId)).toMatchObject({
      name: 'root',
      input: { a: 1 },
      tags: ['x', 'ü'],
      timestamp: '2025-10-09T08:53:20.123Z',
      latency: 0.002,
      observations: [
        { id: rootId, name: 'root', level: 'DEFAULT' },
        { id: childId, name: 'child', parentObservationId: rootId, level: 'ERROR', statusMessage: 'broke' },
      ],
    })
  })

  test('OpenTelemetry’s own path, and a body that comes in chunks without a length', async () => {
    const text = toOtlpJson(exportOf({ spans: [{ spanId: 'chunked' }] }))
    const answer = await world.send('POST', '/v1/traces', {
      body: text,
      headers: { 'transfer-encoding': 'chunked' },
    })
    expect(answer.status).toBe(200)
    expect(await isStored('chunked')).toBe(true)
  })

  test.each([
    ['a public key alone', `Bearer ${TEST_KEYS.publicKey}`, 403],
    ['a wrong secret', `Basic ${Buffer.from('pk:sk').toString('base64')}`, 401],
  ])('%s may not send spans', async (_, authorization, status) => {
    const answer = await post(toOtlpJson(exportOf({ spans: [{}] })), { authorization })
    expect([answer.status, await answer.json()]).toEqual([status, { message: expect.any(String) }])
  })
})
