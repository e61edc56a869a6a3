import { describe, expect, test } from 'vitest'
import { nanosFromMs } from '#domain/time.ts'
import { RECEIVED_AT, testContext } from '#ingest/context.fixture.ts'
import { ingestMetrics } from '#ingest/native/ingest-metrics.ts'

const ingest = (metrics: unknown, key?: string) => ingestMetrics({ metrics }, testContext(), key)

test('points of one request are one change', () => {
  const { changes, failed } = ingest([
    {
      name: 'gpu',
      value: 0.5,
      timestamp: '2026-01-01T00:00:00+00:00',
      labels: { node: 'a', index: 3, up: true, none: null },
    },
    { name: 'gpu', value: 0.5, timestamp: '2026-01-01T00:00:00Z' },
    { name: 'load', value: -1, timestamp: null, labels: null },
  ])
  const timestamp = nanosFromMs(Date.UTC(2026, 0, 1))
  expect(failed).toEqual([])
  expect(changes).toEqual([
    {
      kind: 'metrics',
      projectId: 'p',
      at: RECEIVED_AT,
      receivedAt: RECEIVED_AT,
      origin: testContext().origin,
      points: [
        { name: 'gpu', labels: { node: 'a', index: '3', up: 'true' }, value: 0.5, timestamp },
        { name: 'gpu', labels: {}, value: 0.5, timestamp },
        { name: 'load', labels: {}, value: -1, timestamp: nanosFromMs(RECEIVED_AT) },
      ],
    },
  ])
})

test('the idempotency key goes along', () => {
  expect(ingest([{ name: 'gpu', value: 1 }], 'key').changes[0]).toMatchObject({ idempotencyKey: 'key' })
  expect(ingest([{ name: 'gpu', value: 1 }]).changes[0]).not.toHaveProperty('idempotencyKey')
})

test('no points make no change', () => {
  expect(ingest([])).toEqual({ changes: [], failed: [] })
})

describe('refusals', () => {
  test.each<[string, unknown, RegExp]>([
    ['no list', undefined, /^metrics: /],
    ['a point without name', [{ value: 1 }], /^metrics\[0\]\.name: /],
    ['an empty name', [{ name: '', value: 1 }], /^metrics\[0\]\.name: /],
    ['text for a value', [{ name: 'a', value: '1' }], /^metrics\[0\]\.value: /],
    ['a value that is not finite', [{ name: 'a', value: Number.POSITIVE_INFINITY }], /^metrics\[0\]\.value: /],
    ['an object for a label', [{ name: 'a', value: 1, labels: { b: {} } }], /^metrics\[0\]\.labels\.b: /],
    [
      'a time without a zone',
      [{ name: 'a', value: 1, timestamp: '2026-01-01T00:00:00' }],
      /^metrics\[0\]\.timestamp: /,
    ],
  ])('%s is a bad request that names the field', (_, metrics, message) => {
    expect(() => ingest(metrics)).toThrow(
      expect.objectContaining({ code: 'bad_request', message: expect.stringMatching(message) }),
    )
  })

  test('the good points are kept', () => {
    const { changes, failed } = ingest([{ name: 'a', value: 1 }, { name: 'b' }])
    expect(changes[0]?.points.map(({ name }) => name)).toEqual(['a'])
    expect(failed).toMatchObject([{ id: null, index: 1 }])
  })
})
