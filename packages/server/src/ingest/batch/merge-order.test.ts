/** The order in which events are merged, seen through the fold. */
import { describe, expect, test } from 'vitest'
import { foldObservation } from '#domain/fold/observation.ts'
import { foldScore } from '#domain/fold/score.ts'
import { foldTrace } from '#domain/fold/trace.ts'
import { isoFromNanos } from '#domain/time.ts'
import { ingest, observations, only, type Sent, scores, traces } from './batch.fixture.ts'

const second = (seconds: number) => `2026-01-02T03:04:0${seconds}Z`

test('a comment that becomes null is cleared, the value stays', () => {
  const score = (body: object, seconds: number): Sent => ({
    type: 'score-create',
    body: { id: 's', name: 'n', traceId: 't', value: 1, ...body },
    timestamp: second(seconds),
  })
  const { changes } = ingest([score({ comment: 'Foo Bar' }, 1), score({ comment: null }, 2)])
  expect(foldScore(undefined, scores(changes)).entity).toMatchObject({ comment: undefined, value: 1 })
})

test.each<[string, Sent[], object]>([
  [
    'is listed before it',
    [
      { type: 'generation-update', body: { id: 'o', traceId: 't', output: 'second' } },
      { type: 'generation-create', body: { id: 'o', traceId: 't', input: 'in', output: 'first' } },
    ],
    { input: 'in', output: 'second' },
  ],
  [
    'is stamped a millisecond before it',
    [
      { type: 'span-update', body: { id: 'o', name: 'new' }, timestamp: '2026-01-02T03:04:05.000Z' },
      { type: 'span-create', body: { id: 'o', name: 'old' }, timestamp: '2026-01-02T03:04:05.001Z' },
    ],
    { name: 'new' },
  ],
])('an update is applied after its create where it %s', (_, events, expected) => {
  expect(foldObservation(undefined, observations(ingest(events).changes)).entity).toMatchObject(expected)
})

describe('traces', () => {
  const fold = (...requests: (readonly Sent[])[]) =>
    foldTrace(
      undefined,
      requests.flatMap((events) => only('trace')(ingest(events).changes)),
    ).entity
  const trace = (body: object, seconds = 5): Sent => ({
    type: 'trace-create',
    body: { id: 't', ...body },
    timestamp: second(seconds),
  })

  test.each<[string, Sent[][], object]>([
    [
      'the newer of two wins, however they are listed',
      [[trace({ userId: 'new' }, 7), trace({ userId: 'old' }, 3)]],
      { userId: 'new' },
    ],
    [
      'of two of one millisecond the later listed wins',
      [[trace({ userId: 'first' }), trace({ userId: 'second' })]],
      { userId: 'second' },
    ],
    [
      'tags are united',
      [[trace({ tags: ['1', '2', '2'] }, 1)], [trace({ tags: ['1', '4', '3'] }, 2)]],
      { tags: ['1', '2', '3', '4'] },
    ],
    [
      'one without public leaves a published one published',
      [[trace({ public: true }, 1)], [trace({ name: 'n' }, 2)]],
      { isPublic: true },
    ],
  ])('%s', (_, requests, expected) => {
    expect(fold(...requests)).toMatchObject(expected)
  })

  test('metadata of two requests is merged', () => {
    const merged = fold(
      [trace({ metadata: { step: 1, status: 'started' } }, 1)],
      [trace({ metadata: { step: 2, error: '' } }, 2)],
    )
    expect(JSON.parse(merged.metadata)).toEqual({ step: 2, status: 'started', error: '' })
  })

  test('that all have a time of their own follow it, whatever their envelopes say', () => {
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

  test('a later trace-create beats the placeholder of an observation', () => {
    const span: Sent = { type: 'span-create', body: { id: 'o', traceId: 't', startTime: '2026-01-01T00:00:00Z' } }
    const merged = fold([span], [trace({ name: 'n', environment: 'prod', timestamp: '2026-01-01T10:00:00Z' }, 9)])
    expect(merged).toMatchObject({ name: 'n', environment: 'prod' })
    expect(isoFromNanos(merged.timestamp)).toBe('2026-01-01T10:00:00.000Z')
  })
})
