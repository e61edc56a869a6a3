/** Rows whose metrics are worked out by hand, and the questions that tests ask of them. */
import { expect } from 'vitest'
import { type ReadServer, readServerWith } from '../support/read-server.ts'
import { at, OTHER_PROJECT, type Seeder } from '../support/seed.ts'

export type Question = Record<string, unknown>

export interface MetricsWorld {
  server(): ReadServer
  /** A question about observations in `SPAN`, unless it says otherwise; a text is sent as it is. */
  send(question: Question | string, path?: string, init?: RequestInit): Promise<{ status: number; body: unknown }>
  /** The rows of an answer, which must be 200. */
  rows(question: Question, path?: string): Promise<unknown>
}

export const V1 = '/api/public/metrics'
export const V2 = '/api/public/v2/metrics'
export const SPAN = { fromTimestamp: '2026-01-02T00:00:00Z', toTimestamp: '2026-01-06T00:00:00Z' }
export const COUNT = [{ measure: 'count', aggregation: 'count' }]
export const by = (...fields: string[]) => fields.map((field) => ({ field }))
/** Metrics by the names that their columns have. */
export const of = (...keys: string[]) =>
  keys.map((key) => ({ aggregation: key.slice(0, key.indexOf('_')), measure: key.slice(key.indexOf('_') + 1) }))
/** One condition: that a text equals, unless `change` says otherwise. */
export const where = (column: string, value: unknown, change: object = {}) => [
  { column, operator: '=', value, type: 'string', ...change },
]
export const anyOf = (column: string, ...value: string[]) =>
  where(column, value, { operator: 'any of', type: 'stringOptions' })
export const order = (field: string, direction: 'asc' | 'desc') => [{ field, direction }]

/** Open while the tests of the file run that calls this; once a file. */
export function metricsWorld(): MetricsWorld {
  const server = readServerWith(seedRows)
  const send: MetricsWorld['send'] = (question, path = V1, init) => {
    const text =
      typeof question === 'string'
        ? question
        : JSON.stringify({ view: 'observations', metrics: COUNT, ...SPAN, ...question })
    return server().send(`${path}?query=${encodeURIComponent(text)}`, init)
  }
  return {
    server,
    send,
    async rows(question, path) {
      const { status, body } = await send(question, path)
      expect([status, body]).toEqual([200, { data: expect.any(Array) }])
      return typeof body === 'object' && body !== null && 'data' in body ? body.data : undefined
    },
  }
}

/** `12:00:01` on 2 January 2026; a whole date stands for itself. */
export const time = (text: string) => at(text.includes('T') ? text : `2026-01-02T${text}Z`)

async function seedRows(seed: Seeder): Promise<void> {
  await seed.traces(
    { id: 't1', name: 'checkout', userId: 'u1', sessionId: 's1', release: 'r1', version: 'v1', tags: ['a', 'b'] },
    { id: 't2', name: 'search', userId: 'u2', timestamp: time('2026-01-03T08:00:00Z') },
    { id: 't3', name: 'search', userId: 'u1', timestamp: time('2026-01-05T08:00:00Z'), environment: 'dev' },
    { id: 'theirs', projectId: OTHER_PROJECT, userId: 'u9' },
  )
  await seed.observations(
    {
      id: 'o1',
      traceId: 't1',
      type: 'GENERATION',
      name: 'llm',
      model: 'gpt-4o',
      startTime: time('12:00:00'),
      completionStartTime: time('12:00:00.5'),
      endTime: time('12:00:02'),
      usage: { input: 10, output: 30, total: 40 },
      cost: { input: 0.25, output: 0.5, total: 0.75 },
      totalCost: 0.75,
      promptName: 'greet',
      promptVersion: 2,
      toolDefinitions: { find: '{}', buy: '{}' },
      toolCalls: ['{}', '{}'],
      toolCallNames: ['find', 'find'],
      experiment: { id: 'e1', name: 'trial' },
    },
    {
      id: 'o2',
      traceId: 't1',
      type: 'GENERATION',
      name: 'llm',
      parentObservationId: 'o1',
      model: 'gpt-4o',
      startTime: time('12:01:00'),
      endTime: time('12:01:04'),
      usage: { input: 20, total: 20 },
      cost: { total: 1.25 },
      totalCost: 1.25,
    },
    { id: 'o3', traceId: 't2', name: 'step', startTime: time('2026-01-03T08:00:00Z'), userId: 'own', level: 'ERROR' },
    {
      id: 'o4',
      traceId: 't2',
      name: 'step',
      startTime: time('2026-01-05T08:00:00Z'),
      endTime: time('2026-01-05T08:00:01Z'),
      model: 'o1',
    },
    { id: 'theirs', traceId: 'theirs', projectId: OTHER_PROJECT, model: 'gpt-4o', totalCost: 1000 },
  )
  await seed.scores(
    { id: 'n1', traceId: 't1', observationId: 'o1', name: 'quality', value: 0.5 },
    { id: 'n2', traceId: 't1', observationId: 'o1', name: 'quality', value: 1 },
    { id: 'n3', traceId: 't2', name: 'speed', value: 3, timestamp: time('2026-01-03T09:00:00Z') },
    { id: 'n4', sessionId: 's9', name: 'quality', value: 7, source: 'ANNOTATION' },
    { id: 'n5', datasetRunId: 'e1', name: 'quality', value: 9 },
    { id: 'b1', traceId: 't1', name: 'ok', dataType: 'BOOLEAN', value: 1, stringValue: 'True' },
    { id: 'b2', traceId: 't2', name: 'ok', dataType: 'BOOLEAN', value: 0, stringValue: 'False' },
    { id: 'c1', traceId: 't1', name: 'mood', dataType: 'CATEGORICAL', stringValue: 'good' },
    { id: 'c2', traceId: 't2', name: 'mood', dataType: 'CATEGORICAL', stringValue: 'bad' },
    { id: 'c3', traceId: 't2', name: 'mood', dataType: 'CATEGORICAL', stringValue: 'good' },
    { id: 'gone', traceId: 'nowhere', name: 'quality', value: 100, timestamp: time('2026-01-06T00:00:00Z') },
  )
}
