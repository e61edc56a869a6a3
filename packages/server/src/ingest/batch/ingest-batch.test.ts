import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Change, ObservationChange, ScoreChange, TraceChange } from '#domain/change.ts'
import { AppError } from '#domain/errors.ts'
import { foldObservation } from '#domain/fold/observation.ts'
import { foldScore } from '#domain/fold/score.ts'
import { foldTrace } from '#domain/fold/trace.ts'
import { isoFromNanos } from '#domain/time.ts'
import { ingestBatch, scoreConfigIds } from '#ingest/batch/ingest-batch.ts'
import { RECEIVED_AT, testContext, testScoreConfig } from '#ingest/context.fixture.ts'
import type { IngestContext } from '#ingest/context.ts'
import { parseJson } from '#lib/json/parse.ts'

interface Sent {
  readonly type: string
  readonly body: unknown
  readonly id?: unknown
  readonly timestamp?: string
}

let eventCount = 0

function event({ type, body, id, timestamp }: Sent): object {
  eventCount += 1
  return { id: id ?? `e${eventCount}`, timestamp: timestamp ?? '2026-01-02T03:04:05.678Z', type, body }
}

function ingest(events: readonly Sent[], context: Partial<IngestContext> = {}) {
  return ingestBatch({ batch: events.map(event) }, testContext(context))
}

const only =
  <Kind extends Change['kind']>(kind: Kind) =>
  (changes: readonly Change[]) =>
    changes.filter((change): change is Extract<Change, { kind: Kind }> => change.kind === kind)

const traces = (changes: readonly Change[]): TraceChange[] => only('trace')(changes).filter((trace) => !trace.fallback)
const placeholders = (changes: readonly Change[]): TraceChange[] =>
  only('trace')(changes).filter((trace) => trace.fallback)
const observations: (changes: readonly Change[]) => ObservationChange[] = only('observation')
const scores: (changes: readonly Change[]) => ScoreChange[] = only('score')

/** The changes of one event that must be accepted. */
function changesOf(type: string, body: unknown, context: Partial<IngestContext> = {}): readonly Change[] {
  const { changes, errors } = ingest([{ type, body }], context)
  expect(errors).toEqual([])
  return changes
}

const observationOf = (type: string, body: object) => observations(changesOf(type, { id: 'o', ...body }))[0]
const traceOf = (body: object) => traces(changesOf('trace-create', { id: 't', ...body }))[0]
const scoreOf = (body: object) => scores(changesOf('score-create', { id: 's', name: 'n', traceId: 't', ...body }))[0]

describe('envelope', () => {
  test('an empty batch is answered with two empty lists', () => {
    expect(ingestBatch({ batch: [] }, testContext())).toMatchObject({ changes: [], successes: [], errors: [] })
  })

  test.each([
    ['no batch', {}],
    ['a batch that is no list', { batch: {} }],
    ['a body that is no object', 'text'],
    ['null', null],
  ])('%s is refused with issues', (_, body) => {
    let thrown: unknown
    try {
      ingestBatch(body, testContext())
    } catch (error) {
      thrown = error
    }
    expect(thrown).toBeInstanceOf(AppError)
    expect(thrown).toMatchObject({ code: 'bad_request', message: 'Invalid request data' })
    expect(thrown).toHaveProperty('issues[0].message')
  })
})

describe('verdicts', () => {
  const good = { type: 'trace-create', body: { id: 't' } }
  test.each<[string, unknown, RegExp]>([
    ['a carriage return in the envelope id', event({ ...good, id: 'a\rb' }), /carriage return/],
    ['an envelope id of 801 characters', event({ ...good, id: 'x'.repeat(801) }), /800/],
    [
      'a trace name of 1500 characters',
      event({ type: 'trace-create', body: { id: 't', name: 'n'.repeat(1500) } }),
      /name/,
    ],
    ['an unknown event type', event({ type: 'story-create', body: {} }), /Event type not accepted/],
    ['dataset-run-item-create', event({ type: 'dataset-run-item-create', body: {} }), /Event type not accepted/],
    ['a timestamp without a zone', event({ ...good, timestamp: '2026-01-02T03:04:05' }), /timestamp/],
    ['a zone without a colon', event({ ...good, timestamp: '2026-01-02T03:04:05+0200' }), /timestamp/],
    ['a timestamp with a space', event({ ...good, timestamp: '2026-01-02 03:04:05Z' }), /timestamp/],
    ['an impossible date', event({ ...good, timestamp: '2026-02-30T03:04:05Z' }), /timestamp/],
    ['a span without id', event({ type: 'span-create', body: {} }), /"id"/],
    ['a level in lower case', event({ type: 'span-create', body: { id: 'o', level: 'error' } }), /level/],
    ['a fraction in usage', event({ type: 'generation-create', body: { id: 'o', usage: { input: 1.5 } } }), /input/],
    ['an unknown unit', event({ type: 'generation-create', body: { id: 'o', usage: { unit: 'WORDS' } } }), /unit/],
    [
      'usageDetails that are a list',
      event({ type: 'generation-create', body: { id: 'o', usageDetails: [1] } }),
      /usageDetails/,
    ],
    [
      'a nested object in modelParameters',
      event({ type: 'generation-create', body: { id: 'o', modelParameters: { a: { b: { c: 1 } } } } }),
      /modelParameters/,
    ],
    ['a prompt name alone', event({ type: 'generation-create', body: { id: 'o', promptName: 'p' } }), /promptVersion/],
    [
      'a prompt of version 0',
      event({ type: 'generation-create', body: { id: 'o', promptName: 'p', promptVersion: 0 } }),
      /promptVersion/,
    ],
    ['a legacy observation without type', event({ type: 'observation-create', body: { id: 'o' } }), /type/],
    ['an sdk-log without log', event({ type: 'sdk-log', body: {} }), /log/],
    ['a number', 7, /object/],
    ['null', null, /object/],
  ])('%s is refused, the event beside it is kept', (_, sent, problem) => {
    const { changes, successes, errors } = ingestBatch({ batch: [sent, event(good)] }, testContext())
    expect(successes).toHaveLength(1)
    expect(changes).toHaveLength(1)
    expect(errors).toHaveLength(1)
    expect(errors[0]).toMatchObject({ status: 400, message: 'Invalid request data' })
    expect(errors[0]?.error).toMatch(problem)
    expect(JSON.parse(errors[0]?.error ?? '')).toBeInstanceOf(Array)
  })

  test('an element without a text id is reported as unknown', () => {
    const { errors } = ingestBatch({ batch: [{ type: 'trace-create' }, { id: 5 }] }, testContext())
    expect(errors.map(({ id }) => id)).toEqual(['unknown', 'unknown'])
  })

  test('sdk-log is in neither list and handed over for the log', () => {
    const outcome = ingest([{ type: 'sdk-log', body: { log: { a: 1 } } }])
    expect(outcome).toMatchObject({ changes: [], successes: [], errors: [], sdkLogs: [{ a: 1 }] })
  })

  test('a public key as bearer writes scores only', () => {
    const { changes, successes, errors, sdkLogs } = ingest(
      [
        { id: 'a', type: 'trace-create', body: { id: 't' } },
        { id: 'b', type: 'score-create', body: { id: 's', name: 'n', value: 1, traceId: 't' } },
        { id: 'c', type: 'sdk-log', body: { log: 'x' } },
      ],
      { scope: 'scores' },
    )
    expect(successes).toEqual([{ id: 'b', status: 201 }])
    expect(errors).toEqual([{ id: 'a', status: 401, message: 'Authentication error', error: 'Access Scope Denied' }])
    expect(changes).toHaveLength(1)
    expect(sdkLogs).toEqual(['x'])
  })

  test('successes come in processing order: creates by time, then updates by time', () => {
    const at = (second: number) => `2026-01-02T03:04:0${second}Z`
    const { successes } = ingest([
      { id: 'update', type: 'span-update', body: { id: 'o' }, timestamp: at(1) },
      { id: 'late', type: 'trace-create', body: { id: 't' }, timestamp: at(3) },
      { id: 'early', type: 'span-create', body: { id: 'o' }, timestamp: at(2) },
    ])
    expect(successes.map(({ id }) => id)).toEqual(['early', 'late', 'update'])
  })

  test('of events with one envelope id for one entity the last stands', () => {
    const { changes, successes } = ingest([
      { id: 'same', type: 'trace-create', body: { id: 't', name: 'first' } },
      { id: 'same', type: 'trace-create', body: { id: 't', name: 'second' } },
      { id: 'same', type: 'trace-create', body: { id: 'u', name: 'other' } },
    ])
    expect(successes).toHaveLength(3)
    expect(traces(changes).map(({ id, name }) => [id, name])).toEqual([
      ['t', 'second'],
      ['u', 'other'],
    ])
  })
})

describe('trace-create', () => {
  test('carries what was sent', () => {
    expect(
      traceOf({
        timestamp: '2026-01-01T00:00:00.123456+02:00',
        name: 'n',
        externalId: 'x',
        sessionId: 's',
        userId: 'u',
        environment: 'langfuse-Test',
        release: 'r',
        version: 'v',
        public: true,
        tags: ['b', 'a'],
        input: { a: 1 },
        output: 'text',
        metadata: { k: [1] },
        unknown: 'dropped',
      }),
    ).toEqual({
      kind: 'trace',
      projectId: 'p',
      id: 't',
      at: Date.UTC(2026, 0, 2, 3, 4, 5, 678),
      receivedAt: RECEIVED_AT,
      origin: testContext().origin,
      timestamp: BigInt(Date.UTC(2025, 11, 31, 22)) * 1_000_000n + 123_456_000n,
      name: 'n',
      externalId: 'x',
      sessionId: 's',
      userId: 'u',
      environment: 'test',
      release: 'r',
      version: 'v',
      isPublic: true,
      tags: ['b', 'a'],
      input: '{"a":1}',
      output: 'text',
      metadata: '{"k":[1]}',
    })
  })

  test('takes the time of its envelope when it has none', () => {
    expect(isoFromNanos(traceOf({})?.timestamp ?? 0n)).toBe('2026-01-02T03:04:05.678Z')
  })

  test('without an id takes that of its envelope, so that a repeated batch makes no second trace', () => {
    const { changes, successes } = ingest([{ id: 'env', type: 'trace-create', body: { name: 'n' } }])
    expect(successes).toEqual([{ id: 'env', status: 201 }])
    expect(traces(changes).map(({ id }) => id)).toEqual(['env'])
  })

  test('null clears name, user, session, release and version; it says nothing of the rest', () => {
    const nulls = { name: null, userId: null, sessionId: null, release: null, version: null }
    const silent = {
      timestamp: null,
      public: null,
      tags: null,
      input: null,
      output: null,
      metadata: null,
      environment: null,
    }
    const trace = traceOf({ ...nulls, ...silent })
    expect(trace).toMatchObject(nulls)
    for (const key of ['isPublic', 'tags', 'input', 'output', 'metadata', 'environment']) {
      expect(trace).not.toHaveProperty(key)
    }
  })

  test.each([
    '& $ @ = ; / + , ? { } ^ % [ ] " < > # ~',
    ' ',
    '`',
    '|',
    '🙂',
    'ünïcode',
    '00000000-0000-0000-0000-000000000000',
  ])('takes %j for an id as it is', (id) => {
    expect(traceOf({ id })?.id).toBe(id)
  })

  test.each([
    [true, '{"metadata":true}'],
    ['x', '{"metadata":"x"}'],
    [42, '{"metadata":42}'],
    [[1, 'a', true], '{"metadata":[1,"a",true]}'],
    [0, undefined],
    [false, undefined],
    ['', undefined],
    [{ a: 5, b: 5.5, c: '1983516295378495150' }, '{"a":5,"b":5.5,"c":"1983516295378495150"}'],
  ])('metadata %j is kept as %s', (metadata, expected) => {
    expect(traceOf({ metadata })?.metadata).toBe(expected)
  })
})

describe('observations', () => {
  test.each([
    ['span-create', 'SPAN'],
    ['span-update', 'SPAN'],
    ['event-create', 'EVENT'],
    ['generation-create', 'GENERATION'],
    ['generation-update', 'GENERATION'],
    ['agent-create', 'AGENT'],
    ['tool-create', 'TOOL'],
    ['chain-create', 'CHAIN'],
    ['retriever-create', 'RETRIEVER'],
    ['evaluator-create', 'EVALUATOR'],
    ['embedding-create', 'EMBEDDING'],
    ['guardrail-create', 'GUARDRAIL'],
  ])('%s makes a %s', (type, expected) => {
    const change = observationOf(type, { traceId: 't' })
    expect(change?.type).toBe(expected)
    expect(Boolean(change?.isUpdate)).toBe(type.endsWith('update'))
  })

  test.each(['GENERATION', 'SPAN', 'EVENT'])(
    'observation-create says %s in its body and has no environment',
    (type) => {
      const change = observationOf('observation-create', { type, environment: 'prod' })
      expect(change?.type).toBe(type)
      expect(change).not.toHaveProperty('environment')
    },
  )

  test('a generation carries what was sent', () => {
    const change = observationOf('generation-create', {
      traceId: 't',
      name: 'llm',
      startTime: '2026-01-01T00:00Z',
      endTime: '2026-01-01T00:00:02Z',
      completionStartTime: '2026-01-01T00:00:01Z',
      parentObservationId: 'parent',
      environment: 'prod',
      level: 'WARNING',
      statusMessage: 'slow',
      version: '1',
      model: 'gpt-4o',
      modelParameters: { temperature: 0, stop: ['a', 'b'], max_tokens: 'inf', stream: true, x: null },
      input: [{ role: 'user' }],
      output: 'hi',
      metadata: { a: 1 },
      usage: { input: 1, output: 2, unit: 'TOKENS', totalCost: 0.5 },
      promptName: 'p',
      promptVersion: 3,
    })
    expect(change).toEqual({
      kind: 'observation',
      projectId: 'p',
      id: 'o',
      at: Date.UTC(2026, 0, 2, 3, 4, 5, 678),
      receivedAt: RECEIVED_AT,
      origin: testContext().origin,
      traceId: 't',
      type: 'GENERATION',
      name: 'llm',
      startTime: BigInt(Date.UTC(2026, 0, 1)) * 1_000_000n,
      endTime: BigInt(Date.UTC(2026, 0, 1, 0, 0, 2)) * 1_000_000n,
      completionStartTime: BigInt(Date.UTC(2026, 0, 1, 0, 0, 1)) * 1_000_000n,
      parentObservationId: 'parent',
      environment: 'prod',
      level: 'WARNING',
      statusMessage: 'slow',
      version: '1',
      model: 'gpt-4o',
      modelParameters: '{"temperature":0,"stop":["a","b"],"max_tokens":"inf","stream":true,"x":null}',
      input: '[{"role":"user"}]',
      output: 'hi',
      metadata: '{"a":1}',
      usage: { input: 1, output: 2 },
      cost: { total: 0.5 },
      promptName: 'p',
      promptVersion: 3,
    })
  })

  test('an event has no end', () => {
    expect(observationOf('event-create', { endTime: '2026-01-01T00:00:02Z' })).not.toHaveProperty('endTime')
  })

  test('null clears name, model and level; it says nothing of the rest', () => {
    const nulls = { name: null, model: null, level: null }
    const silent = {
      statusMessage: null,
      parentObservationId: null,
      version: null,
      endTime: null,
      completionStartTime: null,
      modelParameters: null,
      usage: null,
      usageDetails: null,
      costDetails: null,
      promptName: null,
      promptVersion: null,
    }
    const change = observationOf('generation-update', { ...nulls, ...silent })
    expect(change).toMatchObject(nulls)
    for (const key of [...Object.keys(silent), 'cost']) expect(change).not.toHaveProperty(key)
  })

  test.each<[string, object, object | undefined, object | undefined]>([
    ['a fraction in usageDetails is dropped', { usageDetails: { key: 0.1 } }, undefined, undefined],
    ['a unit says nothing', { usage: { input: 1, output: 2, unit: 'IMAGES' } }, { input: 1, output: 2 }, undefined],
    [
      'usageDetails are laid over usage',
      { usage: { input: 1, output: 2, total: 3 }, usageDetails: { cached: 1 } },
      { input: 1, output: 2, total: 3, cached: 1 },
      undefined,
    ],
    [
      'details win',
      { usage: { input: 1 }, usageDetails: { input: 2 }, costDetails: { input: 3 } },
      { input: 2 },
      { input: 3 },
    ],
    [
      'nulls are dropped',
      { usageDetails: { input: 1, output: null }, costDetails: { input: 123, output: null } },
      { input: 1 },
      { input: 123 },
    ],
    [
      'token names win and drop the costs',
      { usage: { promptTokens: 1, completionTokens: 2, totalTokens: 3, inputCost: 9 } },
      { input: 1, output: 2, total: 3 },
      undefined,
    ],
    ['empty usage says nothing', { usage: {}, usageDetails: {}, costDetails: {} }, undefined, undefined],
    [
      'an OpenAI completion',
      {
        usageDetails: {
          prompt_tokens: 5,
          completion_tokens: 11,
          total_tokens: 16,
          prompt_tokens_details: { cached_tokens: 2, audio_tokens: 3 },
          completion_tokens_details: { text_tokens: 3, audio_tokens: 4, reasoning_tokens: 4 },
        },
      },
      {
        input: 0,
        output: 0,
        total: 16,
        input_cached_tokens: 2,
        input_audio_tokens: 3,
        output_text_tokens: 3,
        output_audio_tokens: 4,
        output_reasoning_tokens: 4,
      },
      undefined,
    ],
  ])('usage: %s', (...[, body, usage, cost]) => {
    const change = observationOf('generation-create', body)
    expect(change?.usage).toEqual(usage)
    expect(change?.cost).toEqual(cost)
  })

  test('a prompt version that no prompt can have links nothing', () => {
    expect(observationOf('generation-create', { promptName: 'p', promptVersion: 2 ** 40 })).not.toHaveProperty(
      'promptName',
    )
  })
})

describe('placeholder traces', () => {
  const one = (body: object, type = 'span-create') => placeholders(changesOf(type, { id: 'o', ...body }))

  test('an observation brings its trace along', () => {
    const [trace, ...others] = one({ traceId: 't', startTime: '2026-01-01T00:00:00Z', environment: 'prod', name: 'n' })
    expect(others).toEqual([])
    expect(trace).toMatchObject({ id: 't', at: Date.UTC(2026, 0, 2, 3, 4, 5, 678) })
    expect(trace?.fallback).toEqual({ timestamp: BigInt(Date.UTC(2026, 0, 1)) * 1_000_000n, environment: 'prod' })
  })

  test('without a trace id the trace has the id and the name of the observation', () => {
    expect(one({ name: 'n' })[0]).toMatchObject({ id: 'o', fallback: { name: 'n' } })
  })

  test('without a start the trace begins at the time of the envelope', () => {
    expect(one({ traceId: 't' })[0]?.fallback?.timestamp).toBe(BigInt(Date.UTC(2026, 0, 2, 3, 4, 5, 678)) * 1_000_000n)
  })

  test('an update that names no trace makes none', () => {
    expect(one({}, 'span-update')).toEqual([])
  })

  test('an update takes the trace from the create beside it', () => {
    const { changes } = ingest([
      { type: 'span-update', body: { id: 'o', output: 'x' } },
      { type: 'span-create', body: { id: 'o', traceId: 't' } },
    ])
    expect(observations(changes).map(({ traceId }) => traceId)).toEqual(['t', 't'])
    expect(placeholders(changes).map(({ id }) => id)).toEqual(['t'])
  })

  test('of many observations of one trace the earliest speaks', () => {
    const span = (id: string, second: number) => ({
      type: 'span-create',
      body: { id, traceId: 't', startTime: `2026-01-01T00:00:0${second}Z` },
      timestamp: `2026-01-02T03:04:0${second}Z`,
    })
    const [trace, ...others] = placeholders(ingest([span('b', 5), span('a', 2), span('c', 7)]).changes)
    expect(others).toEqual([])
    expect(isoFromNanos(trace?.fallback?.timestamp ?? 0n)).toBe('2026-01-01T00:00:02.000Z')
  })
})

describe('score-create', () => {
  test.each<[string, object, object]>([
    ['NUMERIC', { dataType: 'NUMERIC', value: 0.5 }, { dataType: 'NUMERIC', value: 0.5, stringValue: null }],
    ['BOOLEAN 1', { dataType: 'BOOLEAN', value: 1 }, { dataType: 'BOOLEAN', value: 1, stringValue: 'True' }],
    ['BOOLEAN 0', { dataType: 'BOOLEAN', value: 0 }, { dataType: 'BOOLEAN', value: 0, stringValue: 'False' }],
    [
      'CATEGORICAL',
      { dataType: 'CATEGORICAL', value: 'good' },
      { dataType: 'CATEGORICAL', value: 0, stringValue: 'good' },
    ],
    ['TEXT', { dataType: 'TEXT', value: 'words' }, { dataType: 'TEXT', value: 0, stringValue: 'words' }],
    ['CORRECTION', { dataType: 'CORRECTION', value: 'right' }, { name: 'output', value: 0, stringValue: 'right' }],
    ['a number alone', { value: 3 }, { dataType: 'NUMERIC', value: 3, stringValue: null }],
    ['text alone', { value: 'good' }, { dataType: 'CATEGORICAL', value: 0, stringValue: 'good' }],
  ])('%s', (_, body, expected) => {
    expect(scoreOf(body)).toMatchObject(expected)
  })

  test.each<[string, object]>([
    ['text for NUMERIC', { dataType: 'NUMERIC', value: 'x' }],
    ['2 for BOOLEAN', { dataType: 'BOOLEAN', value: 2 }],
    ['a number for CATEGORICAL', { dataType: 'CATEGORICAL', value: 1 }],
    ['empty TEXT', { dataType: 'TEXT', value: '' }],
    ['501 characters of TEXT', { dataType: 'TEXT', value: 'x'.repeat(501) }],
    ['a null dataType', { dataType: null, value: 1 }],
    ['no value', {}],
    ['a CORRECTION with a configId', { dataType: 'CORRECTION', value: 'x', configId: 'c1' }],
    ['a CORRECTION of a session', { dataType: 'CORRECTION', value: 'x', traceId: null, sessionId: 's' }],
    ['two subjects', { value: 1, sessionId: 's' }],
    ['no subject', { value: 1, traceId: null }],
    ['an observation without its trace', { value: 1, traceId: null, sessionId: 's', observationId: 'o' }],
    ['an empty name', { value: 1, name: '' }],
    ['an unknown source', { value: 1, source: 'ME' }],
  ])('%s is refused', (_, body) => {
    const { errors } = ingest([{ type: 'score-create', body: { id: 's', name: 'n', traceId: 't', ...body } }])
    expect(errors).toHaveLength(1)
  })

  test('takes its time from the envelope and keeps the rest', () => {
    const body = {
      value: 1,
      observationId: 'o',
      environment: 'Prod',
      comment: 'c',
      metadata: { a: 'x' },
      source: 'EVAL',
      executionTraceId: 'x',
      queueId: 'q',
    }
    expect(scoreOf(body)).toMatchObject({
      ...body,
      metadata: '{"a":"x"}',
      environment: 'prod',
      timestamp: BigInt(Date.UTC(2026, 0, 2, 3, 4, 5, 678)) * 1_000_000n,
      origin: { apiKey: 'pk', sdkName: 'python', sdkVersion: '2.60.0' },
    })
  })

  test('belongs to a session or to a dataset run as well', () => {
    expect(scoreOf({ value: 1, traceId: null, sessionId: 's' })).toMatchObject({ sessionId: 's' })
    expect(scoreOf({ value: 1, traceId: '', datasetRunId: 'd' })).toMatchObject({ datasetRunId: 'd' })
  })

  test('without an id takes that of its envelope', () => {
    const { changes } = ingest([{ id: 'env', type: 'score-create', body: { name: 'n', value: 1, traceId: 't' } }])
    expect(scores(changes)[0]?.id).toBe('env')
  })

  test('what its configuration refuses is answered 201 and dropped, the others stay', () => {
    const config = testScoreConfig({ id: 'c1', name: 'quality', minValue: 0, maxValue: 1 })
    const archived = testScoreConfig({ id: 'c2', isArchived: true })
    const score = (id: string, value: number, configId: string) => ({
      type: 'score-create',
      body: { id, name: 'quality', traceId: 't', value, configId },
    })
    const { changes, successes, errors, droppedScores } = ingest(
      [score('out', 7, 'c1'), score('old', 1, 'c2'), score('none', 1, 'c3'), score('good', 1, 'c1')],
      { scoreConfigs: new Map([config, archived].map((one) => [one.id, one])) },
    )
    expect(errors).toEqual([])
    expect(successes).toHaveLength(4)
    expect(scores(changes).map(({ id, name }) => [id, name])).toEqual([['good', 'quality']])
    expect(droppedScores.map(({ id }) => id)).toEqual(['out', 'old', 'none'])
  })

  test('a number is BOOLEAN when its configuration says so', () => {
    const scoreConfigs = new Map([['c1', testScoreConfig({ dataType: 'BOOLEAN' })]])
    const body = { id: 's', name: 'quality', traceId: 't', value: 1, configId: 'c1' }
    expect(scores(changesOf('score-create', body, { scoreConfigs }))[0]).toMatchObject({
      dataType: 'BOOLEAN',
      stringValue: 'True',
    })
  })

  test('an ANNOTATION needs a configuration', () => {
    const body = { id: 's', name: 'n', traceId: 't', value: 1, source: 'ANNOTATION' }
    expect(ingest([{ type: 'score-create', body }])).toMatchObject({ errors: [], droppedScores: [{ id: 's' }] })
  })

  test('scoreConfigIds finds each once', () => {
    const score = (configId: unknown) => event({ type: 'score-create', body: { configId } })
    const batch = [
      score('a'),
      score('b'),
      score('a'),
      score(''),
      score(null),
      score(5),
      null,
      event({ type: 'x', body: null }),
    ]
    expect(scoreConfigIds({ batch })).toEqual(['a', 'b'])
    expect(scoreConfigIds(null)).toEqual([])
  })
})

describe('merging, together with the fold', () => {
  const fold = (...requests: (readonly Sent[])[]) =>
    foldTrace(
      undefined,
      requests.flatMap((events) => only('trace')(ingest(events).changes)),
    ).entity
  const trace = (body: object, second = 5): Sent => ({
    type: 'trace-create',
    body: { id: 't', ...body },
    timestamp: `2026-01-02T03:04:0${second}Z`,
  })

  test('a comment that becomes null is cleared, the value stays', () => {
    const score = (body: object, second: number): Sent => ({
      type: 'score-create',
      body: { id: 's', name: 'n', traceId: 't', value: 1, ...body },
      timestamp: `2026-01-02T03:04:0${second}Z`,
    })
    const { changes } = ingest([score({ comment: 'Foo Bar' }, 1), score({ comment: null }, 2)])
    expect(foldScore(undefined, scores(changes)).entity).toMatchObject({ comment: undefined, value: 1 })
  })

  test('metadata of two requests is merged', () => {
    const merged = fold(
      [trace({ metadata: { step: 1, status: 'started' } }, 1)],
      [trace({ metadata: { step: 2, error: '' } }, 2)],
    )
    expect(JSON.parse(merged.metadata)).toEqual({ step: 2, status: 'started', error: '' })
  })

  test('an update that is listed before its create is applied after it', () => {
    const { changes } = ingest([
      { type: 'generation-update', body: { id: 'o', traceId: 't', output: 'second' } },
      { type: 'generation-create', body: { id: 'o', traceId: 't', input: 'in', output: 'first' } },
    ])
    const { entity } = foldObservation(undefined, observations(changes))
    expect(entity).toMatchObject({ input: 'in', output: 'second' })
  })

  test('an update stamped a millisecond before its create is applied after it', () => {
    const { changes } = ingest([
      { type: 'span-update', body: { id: 'o', name: 'new' }, timestamp: '2026-01-02T03:04:05.000Z' },
      { type: 'span-create', body: { id: 'o', name: 'old' }, timestamp: '2026-01-02T03:04:05.001Z' },
    ])
    expect(foldObservation(undefined, observations(changes)).entity.name).toBe('new')
  })

  test('the newer of two trace-creates wins, however they are listed', () => {
    expect(fold([trace({ userId: 'new' }, 7), trace({ userId: 'old' }, 3)]).userId).toBe('new')
  })

  test('of two trace-creates of one millisecond the later listed wins', () => {
    expect(fold([trace({ userId: 'first' }), trace({ userId: 'second' })]).userId).toBe('second')
  })

  test('trace-creates that all have a time of their own follow it, whatever their envelopes say', () => {
    const own = (name: string, millisecond: number, envelope: number): Sent => ({
      type: 'trace-create',
      body: { id: 't', name, timestamp: `2026-01-01T00:00:00.00${millisecond}Z` },
      timestamp: `2026-01-02T03:04:05.00${envelope}Z`,
    })
    const { changes } = ingest([own('second', 2, 4), own('first', 1, 5)])
    expect(traces(changes).map(({ name, at }) => [name, at % 10])).toEqual([
      ['first', 4],
      ['second', 5],
    ])
    expect(fold([own('second', 2, 4), own('first', 1, 4)]).name).toBe('second')
  })

  test('tags are united', () => {
    expect(fold([trace({ tags: ['1', '2', '2'] }, 1)], [trace({ tags: ['1', '4', '3'] }, 2)]).tags).toEqual([
      '1',
      '2',
      '3',
      '4',
    ])
  })

  test('a trace-create without public leaves a published trace published', () => {
    expect(fold([trace({ public: true }, 1)], [trace({ name: 'n' }, 2)]).isPublic).toBe(true)
  })

  test('a later trace-create beats the placeholder of an observation', () => {
    const span: Sent = { type: 'span-create', body: { id: 'o', traceId: 't', startTime: '2026-01-01T00:00:00Z' } }
    const merged = fold([span], [trace({ name: 'n', environment: 'prod', timestamp: '2026-01-01T10:00:00Z' }, 9)])
    expect(merged).toMatchObject({ name: 'n', environment: 'prod' })
    expect(isoFromNanos(merged.timestamp)).toBe('2026-01-01T10:00:00.000Z')
  })

  test('sending a batch again changes nothing', () => {
    const batch = {
      batch: [event({ type: 'trace-create', body: { name: 'n' } }), event({ type: 'span-create', body: { id: 'o' } })],
    }
    const once = ingestBatch(batch, testContext()).changes
    expect(ingestBatch(batch, testContext()).changes).toEqual(once)
  })
})

describe('any JSON arrives as it was sent', () => {
  const EXACT = new Set(['input', 'output', 'metadata', 'modelParameters'])
  const exactTexts = fc.oneof(
    fc.json(),
    fc
      .tuple(fc.json(), fc.bigInt())
      .map(([text, number]) => `{"b":${text},"10":${number},"2":1.000000000000000000001}`),
    fc.array(fc.json()).map((items) => `[${items.join(',')},12345678901234567890]`.replace('[,', '[')),
  )

  test('as input and output of traces and observations', () => {
    fc.assert(
      fc.property(exactTexts, fc.constantFrom('trace-create', 'span-create', 'generation-update'), (text, type) => {
        const sent = `{"id":"e","timestamp":"2026-01-02T03:04:05Z","type":"${type}","body":{"id":"x","traceId":"t","input":${text},"output":${text}}}`
        const { changes, errors } = ingestBatch(parseJson(`{"batch":[${sent}]}`, EXACT), testContext())
        expect(errors).toEqual([])
        const change = [...traces(changes), ...observations(changes)][0]
        const value: unknown = JSON.parse(text)
        const expected = typeof value === 'string' ? value : text
        const isSilent = value === null || value === ''
        expect(change?.input).toBe(isSilent ? undefined : expected)
        expect(change?.output).toBe(isSilent ? undefined : expected)
      }),
    )
  })

  test('as metadata', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (metadata) => {
        const text = JSON.stringify({ ...metadata, exact: 1 }).replace('"exact":1', '"exact":12345678901234567890')
        const sent = `{"id":"e","timestamp":"2026-01-02T03:04:05Z","type":"trace-create","body":{"id":"x","metadata":${text}}}`
        const { changes } = ingestBatch(parseJson(`{"batch":[${sent}]}`, EXACT), testContext())
        expect(traces(changes)[0]?.metadata).toBe(text)
      }),
    )
  })

  test('as model parameters', () => {
    const text = '{"seed":12345678901234567890,"temperature":0.10,"stop":["a"],"2":1,"1":2}'
    const sent = `{"id":"e","timestamp":"2026-01-02T03:04:05Z","type":"generation-create","body":{"id":"x","modelParameters":${text}}}`
    const { changes, errors } = ingestBatch(parseJson(`{"batch":[${sent}]}`, EXACT), testContext())
    expect(errors).toEqual([])
    expect(observations(changes)[0]?.modelParameters).toBe(text)
  })

  test('no JSON at all makes it throw anything but a refusal', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.array(fc.jsonValue()), (body, batch) => {
        ingestBatch({ batch }, testContext())
        try {
          ingestBatch(body, testContext())
        } catch (error) {
          expect(error).toBeInstanceOf(AppError)
        }
      }),
    )
  })
})
