import { describe, expect, test } from 'vitest'
import type { Change } from '#domain/change.ts'
import { encodeChange } from '#domain/change-codec.ts'
import { observationId, projectId, scoreId, traceId } from '#domain/ids.ts'
import { decodeBatches, type EntityChange, type EntitySteps, entityKey, type Located, sortByEntity } from './located.ts'

const base = {
  projectId: projectId('p'),
  at: 1,
  receivedAt: 1,
  origin: { apiKey: '', sdkName: '', sdkVersion: '', via: 'api' },
} as const
const trace: Change = { ...base, kind: 'trace', id: traceId('t') }
const observation: Change = { ...base, kind: 'observation', id: observationId('o') }
const removeTrace: Change = { ...base, kind: 'removal', of: 'trace', id: traceId('t') }
const removeScore: Change = { ...base, kind: 'removal', of: 'score', id: scoreId('s') }
const located = (...changes: Change[]): Located[] => changes.map((change, index) => ({ change, next: 9, index }))
const stepsOf = (entities: ReadonlyMap<string, EntitySteps<EntityChange>>, id: string) =>
  entities.get(entityKey(base.projectId, id))?.steps.map((step) => step.does)

describe('decodeBatches', () => {
  test('gives every change its place, and what can not be read back', async () => {
    const batch = {
      partition: 0,
      position: 1,
      next: 9,
      payloads: [encodeChange(trace), Buffer.from('x'), encodeChange(observation)],
    }
    const { changes, refusals } = await decodeBatches([batch], { breathe: () => undefined })
    expect(changes).toEqual([
      { change: trace, next: 9, index: 0 },
      { change: observation, next: 9, index: 2 },
    ])
    expect(refusals).toMatchObject([{ stage: 'decode', next: 9, index: 1 }])
  })
})

describe('sortByEntity', () => {
  test('puts the changes of one entity together, in their order', () => {
    const { traces, observations } = sortByEntity(located(trace, observation, trace))
    expect(traces.get(entityKey(base.projectId, 't'))?.steps.map((step) => step.by.index)).toEqual([0, 2])
    expect(stepsOf(observations, 'o')).toEqual(['change'])
  })

  test('keeps equal ids of two projects apart', () => {
    expect(sortByEntity(located(trace, { ...trace, projectId: projectId('q') })).traces.size).toBe(2)
  })

  test('gives removals of traces apart from what they take along', () => {
    const { observations, traces, traceRemovals } = sortByEntity(located(observation, removeTrace, observation))
    expect(stepsOf(observations, 'o')).toEqual(['change', 'change'])
    expect(stepsOf(traces, 't')).toEqual(['remove'])
    expect(traceRemovals).toHaveLength(1)
  })

  test('lets the removal of a score come by that score alone', () => {
    const { scores, traceRemovals } = sortByEntity(located(removeScore))
    expect([...scores.keys()]).toEqual([entityKey(base.projectId, 's')])
    expect(traceRemovals).toEqual([])
  })
})
