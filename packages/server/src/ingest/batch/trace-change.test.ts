import { describe, expect, test } from 'vitest'
import { isoFromNanos } from '#domain/time.ts'
import { RECEIVED_AT, testContext } from '#ingest/context.fixture.ts'
import { changesOf, ingest, observations, placeholders, SENT_AT, traces } from './batch.fixture.ts'

const traceOf = (body: object) => traces(changesOf('trace-create', { id: 't', ...body }))[0]

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
      at: SENT_AT,
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

describe('placeholder traces', () => {
  const one = (body: object, type = 'span-create') => placeholders(changesOf(type, { id: 'o', ...body }))

  test('an observation brings its trace along', () => {
    const [trace, ...others] = one({ traceId: 't', startTime: '2026-01-01T00:00:00Z', environment: 'prod', name: 'n' })
    expect(others).toEqual([])
    expect(trace).toMatchObject({ id: 't', at: SENT_AT })
    expect(trace?.fallback).toEqual({ timestamp: BigInt(Date.UTC(2026, 0, 1)) * 1_000_000n, environment: 'prod' })
  })

  test('without a trace id the trace has the id and the name of the observation', () => {
    expect(one({ name: 'n' })[0]).toMatchObject({ id: 'o', fallback: { name: 'n' } })
  })

  test('without a start the trace begins at the time of the envelope', () => {
    expect(one({ traceId: 't' })[0]?.fallback?.timestamp).toBe(BigInt(SENT_AT) * 1_000_000n)
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
