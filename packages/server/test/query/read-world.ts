/** Rows for the read routes of the public API, a few of every kind, and how tests ask for them. */
import { expect } from 'vitest'
import { type ReadServer, readServerWith } from '../support/read-server.ts'
import { at, OTHER_PROJECT, type Seeder } from '../support/seed.ts'

interface ReadWorld {
  /** What was taken as changes so far. */
  accepted(): ReadServer['accepted']
  /** A request to a path under /api/public. */
  readonly send: ReadServer['send']
  get(path: string): Promise<unknown>
  /** The ids of a list. */
  list(path: string): Promise<unknown[]>
}

/** Open while the tests of the file run that calls this; once a file. */
export function readWorld(): ReadWorld {
  const server = readServerWith(seedRows)
  const send: ReadServer['send'] = (path, init) => server().send(`/api/public${path}`, init)
  const get = async (path: string) => (await send(path)).body
  return {
    accepted: () => server().accepted,
    send,
    get,
    list: async (path) => idsIn(await get(path)),
  }
}

function idsIn(body: unknown): unknown[] {
  if (typeof body !== 'object' || body === null || !('data' in body) || !Array.isArray(body.data))
    throw new Error(`No list: ${JSON.stringify(body)}`)
  return body.data.map(({ id }) => id)
}

export const json = (value: unknown) => encodeURIComponent(JSON.stringify(value))

/** The parameter with one condition: that a text equals, unless it says otherwise. */
export const filter = (condition: object) => `filter=${json([{ type: 'string', operator: '=', ...condition }])}`

/** The bodies of a 400. */
export const invalid = (field: string) => ({
  message: 'Invalid request data',
  error: [{ code: expect.any(String), path: [field], message: expect.any(String) }],
})
export const wrong = (text: string) => ({ message: expect.stringContaining(text), error: 'InvalidRequestError' })

/** A text that is cut where metadata is. */
export const LONG = 'x'.repeat(300)

async function seedRows(seed: Seeder): Promise<void> {
  await seed.traces(
    {
      id: 't1',
      timestamp: at('2026-01-02T03:04:05.678Z'),
      name: 'checkout',
      userId: 'u1',
      sessionId: 's1',
      version: '1.0',
      tags: ['a', 'b'],
      environment: 'prod',
      input: '{"q":12345678901234567890}',
      output: 'ok',
      metadata: '{"count":5}',
    },
    { id: 't2', timestamp: at('2026-01-01T00:00:00Z'), name: 'other', tags: ['a'] },
    { id: 't3', timestamp: at('2026-01-01T00:00:00Z'), projectId: OTHER_PROJECT },
  )
  await seed.observations(
    {
      id: 'o1',
      traceId: 't1',
      type: 'GENERATION',
      startTime: at('2026-01-02T03:04:05Z'),
      endTime: at('2026-01-02T03:04:06.25Z'),
      completionStartTime: at('2026-01-02T03:04:05.4Z'),
      model: 'gpt-4o',
      modelId: 'm1',
      pricingTierId: 'm1-default',
      modelParameters: '{"temperature":0}',
      usage: { input: 10, input_cached_tokens: 2, output: 5, total: 17 },
      cost: { input: 0.1, total: 0.3 },
      totalCost: 0.3,
      input: '[{"role":"user"}]',
      metadata: JSON.stringify({ short: 'a', long: LONG, list: [LONG] }),
    },
    {
      id: 'o2',
      traceId: 't1',
      type: 'EMBEDDING',
      parentObservationId: 'o1',
      startTime: at('2026-01-02T03:04:05.5Z'),
      usage: { total: 4 },
    },
  )
  await seed.scores(
    {
      id: 'sc1',
      traceId: 't1',
      dataType: 'BOOLEAN',
      value: 1,
      stringValue: 'True',
      name: 'ok',
      timestamp: at('2026-01-02T00:00:00Z'),
    },
    { id: 'sc2', traceId: 'missing', value: 0.5, timestamp: at('2026-01-03T00:00:00Z') },
    {
      id: 'sc3',
      sessionId: 's1',
      dataType: 'CATEGORICAL',
      value: 2,
      stringValue: 'good',
      timestamp: at('2026-01-01T00:00:00Z'),
    },
    { id: 'sc4', traceId: 't1', observationId: 'o1', value: 3, timestamp: at('2026-01-01T00:00:00Z') },
  )
  await seed.points({ name: 'load', labels: { gpu: '0' }, value: 1.5, time: at('2026-01-02T12:00:30.5Z') })
}
