/** A day of a project with traces, observations and scores of all kinds that the web interface asks for. */
import type { Reader } from '#query/reader.ts'
import type { Engine } from '#store/engine.ts'
import { openTestEngine } from '../support/engine.ts'
import { at, createSeeder, OTHER_PROJECT, PROJECT } from '../support/seed.ts'

export const SPAN = { from: at('2026-01-09T00:00:00Z'), to: at('2026-01-10T00:00:00Z') }

export interface Explored {
  readonly engine: Engine
  readonly reader: Reader
  /** Of another project. */
  readonly stranger: Reader
  close(): Promise<void>
}

/** A store that holds the day. One at a time in a test file. */
export async function openExplored(): Promise<Explored> {
  const { engine, close } = await openTestEngine()
  await seedExplored(engine)
  const readerOf = (projectId: Reader['projectId']): Reader => ({ engine, projectId })
  return { engine, reader: readerOf(PROJECT), stranger: readerOf(OTHER_PROJECT), close }
}

export async function seedExplored(engine: Engine): Promise<void> {
  const seed = createSeeder(engine)
  const trace = (id: string, minute: string, part: object) => ({
    id,
    timestamp: at(`2026-01-09T10:${minute}:00Z`),
    ...part,
  })
  await seed.traces(
    trace('a', '00', { name: 'chat', userId: 'ada', sessionId: 's1', tags: ['x', 'y'], input: 'é'.repeat(1000) }),
    trace('b', '10', { name: 'agent', userId: 'ada', sessionId: 's1', metadata: '{"team":"red","n":2}' }),
    trace('c', '20', { name: 'chat', userId: 'bob', sessionId: 's2', metadata: '{"team":"blue"}' }),
    trace('d', '30', { name: 'quiet', environment: 'prod' }),
    { id: 'old', timestamp: at('2025-01-01T00:00:00Z'), name: 'chat', userId: 'eve' },
    { id: 'a', projectId: OTHER_PROJECT, timestamp: SPAN.from, name: 'theirs', userId: 'ada' },
  )
  const step = (id: string, traceId: string, part: object) => ({
    id,
    traceId,
    startTime: at('2026-01-09T10:00:01Z'),
    endTime: at('2026-01-09T10:00:03Z'),
    ...part,
  })
  await seed.observations(
    step('a1', 'a', { type: 'AGENT', name: 'root', endTime: at('2026-01-09T10:00:05Z') }),
    step('a2', 'a', {
      type: 'GENERATION',
      name: 'plan',
      parentObservationId: 'a1',
      model: 'gpt-4',
      startTime: at('2026-01-09T10:00:02Z'),
      usage: { input: 10, output: 5, total: 15, input_cached_tokens: 4 },
      totalCost: 0.5,
      metadata: '{"step_id":"s-7","run_id":3}',
      output: 'One fish, TWO fish, red fish',
    }),
    step('b1', 'b', { level: 'ERROR', statusMessage: 'it broke', totalCost: 0.25, usage: { total: 40 } }),
    step('c1', 'c', { level: 'WARNING', endTime: undefined }),
    step('a1', 'a', { projectId: OTHER_PROJECT, name: 'theirs', type: 'TOOL' }),
  )
  await seed.scores(
    { id: 's', traceId: 'a', name: 'good', value: 1, timestamp: SPAN.from },
    { id: 's2', traceId: 'a', name: 'good', value: 0, timestamp: SPAN.from },
    { id: 's3', traceId: 'a', observationId: 'a2', name: 'own', dataType: 'CATEGORICAL', stringValue: 'fine' },
  )
}
