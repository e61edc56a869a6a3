/** What spans become: rows 51-60 and 71-77 of the matrix in langfuse-ingestion contract §9. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ExportSample, SpanSample } from '#ingest/otlp/otlp-request.fixture.ts'
import type { Value } from '#ingest/otlp/otlp-request.ts'
import { having, openWorld, type World } from './world.ts'

const PARENT = 'ffffffffffffffff'
const START = '2025-10-09T08:53:20.123Z'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world?.close())

type Given = Readonly<Record<string, Value>>

/** Exports one span and reads the observation that it became. */
async function observe(name: string, span: SpanSample, around: Omit<ExportSample, 'spans'> = {}): Promise<unknown> {
  await world.export({ ...around, spans: [{ traceId: `trace of ${name}`, spanId: name, ...span }] })
  return await world.observation(span.spanId ?? name)
}

describe.concurrent('the matrix: traces from spans', () => {
  test.each([
    ['absent', undefined],
    ['empty text', ''],
    ['an empty list of bytes', []],
    ['all zero', '0'.repeat(16)],
  ])('row 51: a parent that is %s makes a root: a trace and a span', async (name, parentSpanId) => {
    const id = `row 51: ${name}`
    const attributes = [{ key: 'langfuse.observation.output', value: { stringValue: 'out' } }]
    const span = { traceId: id, spanId: id, parentSpanId, name: 'root', attributes, startTimeUnixNano: '1' }
    const body = { resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] }
    expect((await world.send('POST', '/api/public/otel/v1/traces', { body })).status).toBe(200)
    expect(await world.trace(id)).toMatchObject({
      name: 'root',
      output: 'out',
      observations: [{ id, parentObservationId: null }],
    })
  })

  test('row 52: as_root makes a full trace of a child, whose parent stays', async () => {
    const attributes = {
      'langfuse.internal.as_root': 'true',
      'langfuse.observation.input': 'in',
      'langfuse.observation.metadata.k': 'v',
    }
    await world.export({ spans: [{ traceId: 'row 52', parentSpanId: PARENT, name: 'continued', attributes }] })
    expect(await world.trace('row 52')).toMatchObject({
      name: 'continued',
      input: 'in',
      metadata: { k: 'v' },
      observations: [{ parentObservationId: PARENT }],
    })
  })

  test('row 53: a child that says nothing makes an empty trace, and leaves one that is there as it is', async () => {
    const child = { traceId: 'row 53', parentSpanId: PARENT, attributes: { 'langfuse.environment': 'prod' } }
    await world.export({ spans: [{ ...child, spanId: 'row 53 a' }] })
    const empty = { name: null, userId: null, input: null, metadata: {}, tags: [], environment: 'prod' }
    expect(await world.trace('row 53')).toEqual(having(empty))
    const root = { name: 'root', attributes: { 'user.id': 'u', 'langfuse.observation.input': 'in' } }
    await world.export({ spans: [{ ...root, traceId: 'row 53', spanId: 'row 53 root' }] })
    await world.export({ spans: [{ ...child, spanId: 'row 53 b', startNs: 1n }] })
    const trace = await world.trace('row 53')
    expect(trace).toMatchObject({ name: 'root', userId: 'u', input: 'in', environment: 'prod' })
    expect(trace).toHaveProperty('observations.length', 3)
  })

  test('row 54: a child and then its root in one request are one whole trace', async () => {
    const attributes = { 'session.id': 's', 'langfuse.trace.tags': ['t'] }
    await world.export({
      spans: [
        { traceId: 'row 54', spanId: 'row 54 child', parentSpanId: 'row 54 root', name: 'child', attributes },
        { traceId: 'row 54', spanId: 'row 54 root', name: 'root' },
      ],
    })
    const trace = await world.trace('row 54')
    expect(trace).toMatchObject({ name: 'root', sessionId: 's', tags: ['t'], timestamp: START })
    expect(trace).toHaveProperty('observations.length', 2)
    expect(await world.get('/api/public/traces?sessionId=s')).toMatchObject({ meta: { totalItems: 1 } })
  })

  test.each<[Value, boolean]>([
    ['false', false],
    ['true', true],
    [true, true],
    [false, false],
  ])('row 57: langfuse.public = %j', async (value, isPublic) => {
    const traceId = `row 57: ${JSON.stringify(value)}`
    await world.export({ spans: [{ traceId, spanId: traceId, attributes: { 'langfuse.public': value } }] })
    expect(await world.trace(traceId)).toMatchObject({ public: isPublic })
  })

  test.each<[Value, readonly string[]]>([
    ['2', ['2']],
    ['["2"]', ['2']],
    ['2,3,4', ['2', '3', '4']],
    [
      ['b', 'a'],
      ['a', 'b'],
    ],
  ])('row 58: tags from %j', async (value, tags) => {
    const traceId = `row 58: ${JSON.stringify(value)}`
    await world.export({ spans: [{ traceId, spanId: traceId, attributes: { 'langfuse.trace.tags': value } }] })
    expect(await world.trace(traceId)).toEqual(having({ tags }))
  })

  test.each([
    [{ 'langfuse.session.id': 'first', 'session.id': 'second', 'gen_ai.conversation.id': 'third' }, 'first'],
    [{ 'session.id': 'second', 'gen_ai.conversation.id': 'third' }, 'second'],
    [{ 'gen_ai.conversation.id': 'third' }, 'third'],
  ])('row 76: the session of %j', async (attributes, session) => {
    const traceId = `row 76: ${session}`
    await world.export({ spans: [{ traceId, spanId: traceId, attributes }] })
    expect(await world.trace(traceId)).toMatchObject({ sessionId: session })
    expect(await world.get(`/api/public/v2/observations?sessionId=${session}`)).toMatchObject({
      data: [{ id: traceId, sessionId: session }],
    })
  })
})

describe.concurrent('the matrix: fields of spans', () => {
  test.each([
    ['"2025-10-01T08:45:26.112648Z"', '2025-10-01T08:45:26.112Z'],
    ['2025-10-01T08:45:26.112Z', '2025-10-01T08:45:26.112Z'],
    ['"2025-10-01T10:45:26.112648+02:00"', '2025-10-01T08:45:26.112Z'],
  ])('row 56: completion_start_time %s', async (text, read) => {
    const attributes = { 'langfuse.observation.completion_start_time': text }
    expect(await observe(`row 56: ${text}`, { attributes })).toMatchObject({ completionStartTime: read })
  })

  test.each<[Value, number, string]>([
    ['warning', 0, 'WARNING'],
    ['INFO', 0, 'DEFAULT'],
    ['FATAL', 0, 'ERROR'],
    ['[REDACTED]', 2, 'ERROR'],
    ['trace', 2, 'DEBUG'],
  ])('row 59: level %s with status %d is %s', async (value, code, level) => {
    const span = { status: { code, message: '' }, attributes: { 'langfuse.observation.level': value } }
    expect(await observe(`row 59: ${value}`, span)).toMatchObject({ level })
  })

  test.each([
    ['agent', null, null],
    ['tool', null, null],
    ['span', null, null],
    ['generation', 'p', 3],
  ])('row 60: the prompt of a span of type %s', async (type, promptName, promptVersion) => {
    const attributes = {
      'langfuse.observation.type': type,
      'langfuse.observation.prompt.name': 'p',
      'langfuse.observation.prompt.version': 3,
    }
    expect(await observe(`row 60: ${type}`, { attributes })).toMatchObject({ promptName, promptVersion })
  })

  test.each<[string, Given, string]>([
    [
      'all of them',
      {
        'langfuse.observation.type': 'chain',
        'openinference.span.kind': 'AGENT',
        'gen_ai.operation.name': 'embeddings',
        'gen_ai.request.model': 'm',
      },
      'CHAIN',
    ],
    [
      'without the Langfuse type',
      { 'openinference.span.kind': 'AGENT', 'gen_ai.operation.name': 'embeddings', 'gen_ai.request.model': 'm' },
      'AGENT',
    ],
    ['operation and model', { 'gen_ai.operation.name': 'embeddings', 'gen_ai.request.model': 'm' }, 'EMBEDDING'],
    ['the model alone', { 'gen_ai.request.model': 'm' }, 'GENERATION'],
  ])('row 71: the type by %s', async (name, attributes, type) => {
    expect(await observe(`row 71: ${name}`, { attributes })).toMatchObject({ type })
  })

  test.each<[string, Given, string]>([
    ['doGenerate without a model', { 'ai.operationId': 'ai.generateText.doGenerate' }, 'ai'],
    ['an unknown kind', { 'openinference.span.kind': 'UnknownKind' }, 'any'],
    ['a Langfuse type in capitals', { 'langfuse.observation.type': 'TOOL' }, 'any'],
  ])('row 72: %s is a SPAN', async (name, attributes, scope) => {
    expect(await observe(`row 72: ${name}`, { attributes }, { scope })).toMatchObject({ type: 'SPAN' })
  })

  test.each([
    ['3.3.0', 'GENERATION'],
    ['3.4.0', 'SPAN'],
  ])('row 73: a span with a model from the Python SDK %s is a %s', async (scopeVersion, type) => {
    const attributes = { 'langfuse.observation.type': 'span', 'langfuse.observation.model.name': 'gpt-4o' }
    const around = { scope: 'langfuse-sdk', scopeVersion, resource: { 'telemetry.sdk.language': 'python' } }
    expect(await observe(`row 73: ${scopeVersion}`, { attributes }, around)).toMatchObject({ type, model: 'gpt-4o' })
  })

  test.each([
    ['tts_node', 1, 'DEBUG'],
    ['tts_fallback_adapter', 2, 'ERROR'],
    ['agent_turn', 0, 'DEFAULT'],
  ])('row 74: %s of LiveKit with status %d is %s', async (name, code, level) => {
    const span = { name, status: { code, message: '' } }
    expect(await observe(`row 74: ${name}`, span, { scope: 'livekit-agents' })).toMatchObject({ level })
  })

  test('row 75: without times a span starts and ends on arrival', async () => {
    const before = Date.now()
    const observation = await observe('row 75', { startNs: undefined, endNs: undefined })
    const { startTime, endTime } = { startTime: '', endTime: '', ...Object(observation) }
    expect(startTime).toBe(endTime)
    expect(Date.parse(startTime)).toBeGreaterThanOrEqual(before)
    expect(Date.parse(startTime)).toBeLessThanOrEqual(Date.now())
  })

  test('row 75: with an end alone it starts there', async () => {
    const endNs = 1_760_000_000_000_000_000n
    const expected = { startTime: '2025-10-09T08:53:20.000Z', endTime: '2025-10-09T08:53:20.000Z', latency: 0 }
    expect(await observe('row 75 end', { startNs: undefined, endNs })).toMatchObject(expected)
  })

  test.each<[string, Given, object]>([
    [
      'tool',
      { 'flue.tool.name': 'search', 'flue.tool.arguments': '{"q":"x"}', 'flue.tool.result': '[1]' },
      { type: 'TOOL', input: { q: 'x' }, output: [1] },
    ],
    [
      'task',
      { 'flue.task.id': 't1', 'flue.task.prompt': 'do it', 'flue.task.result': '{"done":true}' },
      { type: 'AGENT', input: 'do it', output: { done: true } },
    ],
    [
      'workflow',
      { 'flue.workflow.payload': '{"a":1}', 'flue.workflow.result': 'ok' },
      { type: 'SPAN', input: { a: 1 }, output: 'ok' },
    ],
  ])('row 77: a %s of Flue', async (name, attributes, expected) => {
    expect(await observe(`row 77: ${name}`, { attributes }, { scope: '@flue/opentelemetry' })).toMatchObject(expected)
  })
})
