import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ObservationChange, TraceChange } from '#domain/change.ts'
import { foldObservation } from '#domain/fold/observation.ts'
import { foldTrace } from '#domain/fold/trace.ts'
import { MAX_NANOS, MIN_NANOS, nanosFromMs } from '#domain/time.ts'
import { RECEIVED_AT, testContext } from '#ingest/context.fixture.ts'
import { ingestNative } from '#ingest/native/ingest-native.ts'
import { parseJson } from '#lib/json/parse.ts'

const context = testContext({ origin: { ...testContext().origin, via: 'native' } })
const START = nanosFromMs(Date.UTC(2026, 0, 1))
const SECOND = 1_000_000_000n

const ingest = (body: unknown) => ingestNative(body, context)

function observationOf(body: object): ObservationChange | undefined {
  const { changes, failed } = ingest({ observations: [{ id: 'o', traceId: 't', ...body }] })
  expect(failed).toEqual([])
  return changes.find((change): change is ObservationChange => change.kind === 'observation')
}

function traceOf(body: object): TraceChange | undefined {
  const { changes, failed } = ingest({ trace: { id: 't', ...body } })
  expect(failed).toEqual([])
  return changes.find((change): change is TraceChange => change.kind === 'trace')
}

describe('trace', () => {
  test('carries what was sent', () => {
    expect(
      traceOf({
        timestamp: '2026-01-01T00:00:00.000000+00:00',
        name: 'n',
        input: 'in',
        output: { a: 1 },
        sessionId: 's',
        userId: 'u',
        release: 'r',
        version: 'v',
        metadata: { session_id: 'x' },
        tags: ['a'],
        public: true,
        environment: 'Prod',
        externalId: 'e',
        bookmarked: true,
        latency: 1.5,
        totalCost: 2,
        projectId: 'another',
      }),
    ).toEqual({
      kind: 'trace',
      projectId: 'p',
      id: 't',
      at: RECEIVED_AT,
      receivedAt: RECEIVED_AT,
      origin: context.origin,
      timestamp: START,
      name: 'n',
      input: 'in',
      output: '{"a":1}',
      sessionId: 's',
      userId: 'u',
      release: 'r',
      version: 'v',
      metadata: '{"session_id":"x"}',
      tags: ['a'],
      isPublic: true,
      environment: 'prod',
      externalId: 'e',
      isBookmarked: true,
    })
  })

  test('session_id is another name for sessionId, which wins', () => {
    expect(traceOf({ session_id: 'a' })?.sessionId).toBe('a')
    expect(traceOf({ session_id: 'a', sessionId: 'b' })?.sessionId).toBe('b')
  })

  test('null says nothing', () => {
    const names = ['timestamp', 'name', 'input', 'sessionId', 'session_id', 'metadata', 'tags', 'public', 'environment']
    expect(traceOf(Object.fromEntries(names.map((name) => [name, null])))).toEqual(traceOf({}))
  })

  test.each(['b2c1a9de-0000-4000-8000-1234567890ab', 'any text', '🙂'])('takes %j for an id', (id) => {
    expect(traceOf({ id })?.id).toBe(id)
  })
})

describe('observation', () => {
  test('carries what was sent and brings its trace along', () => {
    const { changes } = ingest({
      observations: [
        {
          id: 'o',
          traceId: 't',
          type: 'span',
          name: 'n',
          startTime: '2026-01-01T00:00:00Z',
          endTime: '2026-01-01T00:00:02Z',
          completionStartTime: '2026-01-01T00:00:01Z',
          model: 'm',
          modelParameters: { temperature: 0 },
          input: [1],
          output: 'x',
          level: 'ERROR',
          statusMessage: 'bad',
          parentObservationId: 'parent',
          promptId: 'pi',
          promptName: 'pn',
          promptVersion: '3',
          modelId: 'ignored',
          unit: 'TOKENS',
          metadata: { a: 1 },
          environment: 'prod',
        },
      ],
    })
    const common = { projectId: 'p', at: RECEIVED_AT, receivedAt: RECEIVED_AT, origin: context.origin }
    expect(changes).toEqual([
      { ...common, kind: 'trace', id: 't', fallback: { timestamp: START, environment: 'prod' } },
      {
        ...common,
        kind: 'observation',
        id: 'o',
        traceId: 't',
        type: 'SPAN',
        name: 'n',
        startTime: START,
        endTime: START + 2n * SECOND,
        completionStartTime: START + SECOND,
        model: 'm',
        modelParameters: '{"temperature":0}',
        input: '[1]',
        output: 'x',
        level: 'ERROR',
        statusMessage: 'bad',
        parentObservationId: 'parent',
        promptId: 'pi',
        promptName: 'pn',
        promptVersion: 3,
        metadata: '{"a":1}',
        environment: 'prod',
      },
    ])
  })

  test.each<[string, object, object]>([
    ['latency gives the end', { startTime: '2026-01-01T00:00:00Z', latency: 1.5 }, { endTime: START + 1_500_000_000n }],
    [
      'latency gives the start',
      { endTime: '2026-01-01T00:00:02Z', latency: 2 },
      { startTime: START, endTime: START + 2n * SECOND },
    ],
    [
      'a given end beats latency',
      { startTime: '2026-01-01T00:00:00Z', endTime: '2026-01-01T00:00:01Z', latency: 9 },
      { endTime: START + SECOND },
    ],
    [
      'timeToFirstToken gives the first token',
      { startTime: '2026-01-01T00:00:00Z', timeToFirstToken: 0.25 },
      { completionStartTime: START + 250_000_000n },
    ],
    ['without a start durations count from receipt', { latency: 1 }, { endTime: nanosFromMs(RECEIVED_AT + 1000) }],
    ['a duration beyond all time is clamped', { latency: 1e308 }, { endTime: MAX_NANOS }],
    [
      'one that began before all time, too',
      { endTime: '2026-01-01T00:00:00Z', latency: 1e11 },
      { startTime: MIN_NANOS, endTime: START },
    ],
  ])('%s', (_, body, expected) => {
    expect(observationOf(body)).toMatchObject(expected)
  })

  test.each<[string, object, { usage?: object; cost?: object }]>([
    [
      'token counts',
      { promptTokens: 1, completionTokens: 2, totalTokens: 3 },
      { usage: { input: 1, output: 2, total: 3 } },
    ],
    ['usage in token names', { usage: { promptTokens: 1, completionTokens: 2 } }, { usage: { input: 1, output: 2 } }],
    [
      'usage in plain names',
      { usage: { input: 1, output: 2, unit: 'TOKENS', inputCost: 4 } },
      { usage: { input: 1, output: 2 }, cost: { input: 4 } },
    ],
    ['counts beside usage win', { usage: { input: 1 }, promptTokens: 5 }, { usage: { input: 5 } }],
    [
      'details win over all',
      { promptTokens: 5, usageDetails: { input: 7, cached: 1 }, calculatedTotalCost: 1, costDetails: { total: 2 } },
      { usage: { input: 7, cached: 1 }, cost: { total: 2 } },
    ],
    [
      'calculated costs',
      { calculatedInputCost: 0.1, calculatedOutputCost: 0.2, calculatedTotalCost: 0.3 },
      { cost: { input: 0.1, output: 0.2, total: 0.3 } },
    ],
    [
      'prices make a cost of usage',
      { promptTokens: 10, completionTokens: 4, inputPrice: 0.5, outputPrice: 2, totalPrice: 9 },
      { usage: { input: 10, output: 4 }, cost: { input: 5, output: 8 } },
    ],
    ['a price of the total', { totalTokens: 4, totalPrice: 2 }, { usage: { total: 4 }, cost: { total: 8 } }],
    [
      'a calculated cost beats prices',
      { promptTokens: 10, inputPrice: 0.5, calculatedTotalCost: 3 },
      { usage: { input: 10 }, cost: { total: 3 } },
    ],
    ['prices without usage say nothing', { inputPrice: 0.5 }, {}],
    ['fractions of tokens are dropped', { promptTokens: 1.5 }, {}],
  ])('usage: %s', (_, body, { usage, cost }) => {
    const change = observationOf(body)
    expect(change?.usage).toEqual(usage)
    expect(change?.cost).toEqual(cost)
  })

  test.each([
    [3, 3],
    ['3', 3],
    ['v3', undefined],
    [1.5, undefined],
    [-1, undefined],
  ])('promptVersion %j is %s', (promptVersion, expected) => {
    expect(observationOf({ promptVersion })?.promptVersion).toBe(expected)
  })

  test('null says nothing', () => {
    const names = [
      'type',
      'name',
      'startTime',
      'usage',
      'level',
      'metadata',
      'promptVersion',
      'latency',
      'modelParameters',
    ]
    expect(observationOf(Object.fromEntries(names.map((name) => [name, null])))).toEqual(observationOf({}))
  })

  test('is a generation unless some record of it says otherwise', () => {
    const [bare, span] = [observationOf({}), observationOf({ type: 'SPAN' })]
    if (!bare || !span) throw new Error('both are accepted')
    expect(foldObservation(undefined, [bare]).entity.type).toBe('GENERATION')
    expect(foldObservation(undefined, [span, { ...bare, at: span.at + 1 }]).entity.type).toBe('SPAN')
  })
})

describe('merging, together with the fold', () => {
  test('a trace record fills in the placeholder that its observations made', () => {
    const { changes } = ingest({ observations: [{ id: 'o', traceId: 't', startTime: '2026-01-01T00:00:00Z' }] })
    const later = traceOf({ name: 'n', timestamp: '2026-01-01T00:00:05Z' })
    const records = [...changes, { ...later, at: RECEIVED_AT + 1 }].filter(
      (change): change is TraceChange => change.kind === 'trace',
    )
    expect(foldTrace(undefined, records).entity).toMatchObject({ name: 'n', timestamp: START + 5n * SECOND })
  })

  test('a trace record without a time begins with its first observation', () => {
    const { changes } = ingest({
      trace: { id: 't', name: 'n' },
      observations: [{ id: 'o', traceId: 't', startTime: '2026-01-01T00:00:00Z' }],
    })
    const records = changes.filter((change): change is TraceChange => change.kind === 'trace')
    expect(foldTrace(undefined, records).entity).toMatchObject({ name: 'n', timestamp: START })
  })
})

describe('refusals', () => {
  test.each<[string, unknown]>([
    ['a body that is no object', 'text'],
    ['observations that are no list', { observations: {} }],
  ])('%s is a bad request', (_, body) => {
    expect(() => ingest(body)).toThrow(expect.objectContaining({ code: 'bad_request' }))
  })

  test.each<[string, unknown, RegExp]>([
    ['a trace without id', { trace: {} }, /^trace\.id: /],
    ['an observation without trace', { observations: [{ id: 'o' }] }, /^observations\[0\]\.traceId: /],
    ['a time without a zone', { trace: { id: 't', timestamp: '2026-01-01T00:00:00' } }, /^trace\.timestamp: /],
    ['an unknown type', { observations: [{ id: 'o', traceId: 't', type: 'LLM' }] }, /^observations\[0\]\.type: /],
    ['a record that is no object', { observations: [5] }, /^observations\[0\]: /],
  ])('%s, alone, is a bad request that names the field', (_, body, message) => {
    expect(() => ingest(body)).toThrow(
      expect.objectContaining({ code: 'bad_request', message: expect.stringMatching(message) }),
    )
  })

  test('what is good is kept beside what is refused', () => {
    const { changes, failed } = ingest({
      trace: { id: 7 },
      observations: [{ id: 'a' }, { id: 'b', traceId: 't' }],
    })
    expect(changes.map(({ kind }) => kind)).toEqual(['trace', 'observation'])
    expect(failed).toMatchObject([
      { id: null, index: null },
      { id: 'a', index: 0 },
    ])
  })

  test('an empty request is fine', () => {
    expect(ingest({})).toEqual({ changes: [], failed: [] })
    expect(ingest({ trace: null, observations: null })).toEqual({ changes: [], failed: [] })
  })
})

test('any JSON arrives as it was sent', () => {
  const exactTexts = fc.json().map((text) => `{"b":${text},"10":12345678901234567890,"2":0.10}`)
  fc.assert(
    fc.property(exactTexts, (text) => {
      const raw = new Set(['input', 'output', 'metadata'])
      const body = `{"observations":[{"id":"o","traceId":"t","input":${text},"output":[${text}],"metadata":${text}}]}`
      const { changes } = ingest(parseJson(body, raw))
      expect(changes[1]).toMatchObject({ input: text, output: `[${text}]`, metadata: text })
    }),
  )
})
