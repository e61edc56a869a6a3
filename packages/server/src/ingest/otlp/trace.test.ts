import { describe, expect, test } from 'vitest'
import { msFromNanos } from '#domain/time.ts'
import { changesOf, metadataOf } from './ingest.fixture.ts'
import { exportOf, type SpanSample, START_NS, TRACE_ID } from './otlp-request.fixture.ts'
import type { Value } from './otlp-request.ts'

const PARENT = 'ffffffffffffffff'
const MS = 1_000_000n
const START_MS = msFromNanos(START_NS)

function tracesOf(...spans: readonly SpanSample[]) {
  return changesOf(exportOf({ scope: 'langfuse-sdk', resource: { 'langfuse.environment': 'prod' }, spans })).traces
}

test('row 51: a root gives a full trace: what it was told, and its own name, input and output as fallback', () => {
  const attributes = {
    'langfuse.observation.input': 'in',
    'langfuse.observation.output': '{"a":1}',
    'langfuse.trace.name': 'told',
    'langfuse.trace.output': 'told out',
    'user.id': 'u',
    'session.id': 's',
    'langfuse.trace.tags': ['t'],
    'langfuse.public': true,
    'langfuse.version': 'v',
    'langfuse.release': 'r',
    'langfuse.observation.metadata.o': '1',
    'langfuse.trace.metadata.t': '2',
  }
  const [trace, ...others] = tracesOf({ name: 'root', attributes })
  expect(others).toEqual([])
  expect(trace).toMatchObject({
    kind: 'trace',
    id: TRACE_ID,
    at: START_MS,
    name: 'told',
    userId: 'u',
    sessionId: 's',
    tags: ['t'],
    isPublic: true,
    version: 'v',
    release: 'r',
    output: 'told out',
    fallback: { timestamp: START_NS, environment: 'prod', name: 'root', input: 'in', output: '{"a":1}' },
  })
  expect(trace).not.toHaveProperty('input')
  expect(trace).not.toHaveProperty('environment')
  expect(trace).not.toHaveProperty('timestamp')
  expect(metadataOf(trace ?? {})).toMatchObject({ o: 1, t: 2, resourceAttributes: { 'langfuse.environment': 'prod' } })
})

test.each([
  ['row 52: as_root', { 'langfuse.internal.as_root': 'true' }],
  ['is_app_root', { 'langfuse.internal.is_app_root': true }],
])('%s makes a span below a parent a root; the parent stays', (_, attributes) => {
  const request = exportOf({ spans: [{ name: 'child', parentSpanId: PARENT, attributes }] })
  const { observations, traces } = changesOf(request)
  expect(observations[0]?.parentObservationId).toBe(PARENT)
  expect(traces).toHaveLength(1)
  expect(traces[0]?.fallback?.name).toBe('child')
})

test.each<[string, SpanSample['attributes'], object]>([
  ['is_app_root alone offers its name only', {}, {}],
  ['as_root beside it offers the rest', { 'langfuse.internal.as_root': true }, { input: 'in', output: 'out' }],
])('below a parent that is elsewhere, %s', (_, attributes, offered) => {
  const payloads = { 'langfuse.observation.input': 'in', 'langfuse.observation.output': 'out' }
  const own = { 'langfuse.internal.is_app_root': true, 'langfuse.observation.metadata.o': '1', 'user.id': 'u' }
  const span = { name: 'child', parentSpanId: PARENT, attributes: { ...own, ...payloads, ...attributes } }
  const [trace] = tracesOf(span)
  expect(trace?.userId).toBe('u')
  expect(trace?.fallback).toEqual({ timestamp: START_NS, environment: 'prod', name: 'child', ...offered })
  expect('o' in metadataOf(trace ?? {})).toBe('input' in offered)
})

test('row 53: a span that is told nothing only makes its trace exist', () => {
  const traces = tracesOf({ parentSpanId: PARENT, attributes: { 'langfuse.tags': 't', 'langfuse.version': 'v' } })
  expect(traces).toMatchObject([{ fallback: { timestamp: START_NS, environment: 'prod' } }])
  expect(Object.keys(traces[0] ?? {}).sort()).toEqual([
    'at',
    'fallback',
    'id',
    'kind',
    'origin',
    'projectId',
    'receivedAt',
  ])
})

test('of many such spans the earliest counts, per trace', () => {
  const other = { traceId: 'b'.repeat(32), parentSpanId: PARENT }
  const child = (startNs: bigint) => ({ parentSpanId: PARENT, startNs })
  const traces = tracesOf(child(START_NS + 5n * MS), child(START_NS), other, child(START_NS + MS))
  expect(traces.map(({ id, at }) => [id, at])).toEqual([
    [TRACE_ID, START_MS],
    [other.traceId, START_MS + 2],
  ])
})

test('row 54: a child and then its root in one request give one full trace', () => {
  const traces = tracesOf({ parentSpanId: PARENT, startNs: START_NS + MS }, { name: 'root', startNs: START_NS })
  expect(traces).toHaveLength(1)
  expect(traces[0]?.fallback?.name).toBe('root')
})

test('a child that starts before its root still sets the start', () => {
  const traces = tracesOf({ name: 'root', startNs: START_NS }, { parentSpanId: PARENT, startNs: START_NS - MS })
  expect(traces.map(({ fallback }) => fallback?.timestamp)).toEqual([START_NS, START_NS - MS])
})

describe('what tells a span below the root something of its trace', () => {
  test.each<[string, Value, object]>([
    ['langfuse.trace.name', 'n', { name: 'n' }],
    ['langfuse.trace.input', 'i', { input: 'i' }],
    ['langfuse.trace.output', '[1]', { output: '[1]' }],
    ['langfuse.trace.public', 'true', { isPublic: true }],
    ['langfuse.trace.tags', 'a,b', { tags: ['a', 'b'] }],
    ['langfuse.trace.metadata.k', 'v', {}],
    ['user.id', 'u', { userId: 'u' }],
    ['langfuse.session.id', 's', { sessionId: 's' }],
    ['langfuse.observation.metadata.langfuse_user_id', 'u', { userId: 'u' }],
    ['ai.telemetry.metadata.sessionId', 's', { sessionId: 's' }],
    ['tag.tags', ['t'], { tags: ['t'] }],
  ])('%s', (key, value, expected) => {
    const [told, shallow] = tracesOf({ name: 'child', parentSpanId: PARENT, attributes: { [key]: value } })
    expect(told).toMatchObject({ at: START_MS, ...expected })
    expect(told).not.toHaveProperty('fallback')
    expect(metadataOf(told ?? {})).not.toHaveProperty('attributes')
    expect(shallow?.fallback?.name).toBeUndefined()
  })
})

test('what was propagated to many children is said once, as of the last', () => {
  const attributes = { 'user.id': 'u', 'langfuse.trace.metadata.k': '{"a":1}', 'langfuse.trace.tags': ['x'] }
  const children = Array.from({ length: 20 }, () => ({ parentSpanId: PARENT, attributes }))
  const told = tracesOf(...children).filter(({ fallback }) => fallback === undefined)
  expect(told).toHaveLength(1)
  expect(told[0]?.at).toBe(START_MS + 19)
})

test('children that were told different things each say theirs', () => {
  const names = ['a', 'b', 'a', 'c']
  const children = names.map((name) => ({ parentSpanId: PARENT, attributes: { 'langfuse.trace.name': name } }))
  const told = tracesOf(...children).filter(({ fallback }) => fallback === undefined)
  expect(told.map(({ name, at }) => [name, at - START_MS])).toEqual([
    ['a', 2],
    ['b', 1],
    ['c', 3],
  ])
})

test('spans whose ids can not be stored are left out, the others stand', () => {
  const request = exportOf({ spans: [{ traceId: 'x'.repeat(801) }, { spanId: 'a\rb' }, {}] })
  const { observations, rejected } = changesOf(request)
  expect(observations).toHaveLength(1)
  expect(rejected).toHaveLength(2)
  expect(rejected[1]?.reason).toContain('800 characters')
})
