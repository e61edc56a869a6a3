import { expect, test } from 'vitest'
import type { ObservationChange, RemovalChange } from '#domain/change.ts'
import { observationId, projectId, traceId } from '#domain/ids.ts'
import { OBSERVATIONS } from './kinds.ts'
import type { Located } from './located.ts'
import { removalsByTrace, withRemovals } from './removals.ts'

const base = {
  projectId: projectId('p'),
  at: 1,
  receivedAt: 1,
  origin: { apiKey: '', sdkName: '', sdkVersion: '', via: 'api' },
} as const

const removal = (index: number, id: string, project = 'p'): Located<RemovalChange> => ({
  change: { ...base, projectId: projectId(project), kind: 'removal', of: 'trace', id: traceId(id) },
  next: 9,
  index,
})
const change = (index: number, trace?: string): Located<ObservationChange> => ({
  change: {
    ...base,
    kind: 'observation',
    id: observationId('o'),
    ...(trace !== undefined && { traceId: traceId(trace) }),
  },
  next: 9,
  index,
})
const known = OBSERVATIONS.fold(undefined, [change(0, 'stored').change]).entity

test.each([
  {
    name: 'of the trace that a change names, in its place',
    changes: [change(0, 't'), change(2, 't')],
    removals: [removal(1, 't')],
    order: [0, 1, 2],
  },
  {
    name: 'of the trace that it is known to be of',
    changes: [change(2)],
    removals: [removal(1, 'stored')],
    order: [1, 2],
  },
  { name: 'of the trace that bears its own id', changes: [change(0)], removals: [removal(1, 'o')], order: [0, 1] },
  { name: 'of no other trace', changes: [change(0, 't')], removals: [removal(1, 'u')], order: [0] },
  { name: 'of no other project', changes: [change(0, 't')], removals: [removal(1, 't', 'q')], order: [0] },
])('an observation meets the removal $name', ({ changes, removals, order }) => {
  const entity = {
    projectId: base.projectId,
    id: 'o',
    steps: changes.map((by) => ({ does: 'change' as const, by })),
  }
  const steps = withRemovals(entity, { kind: OBSERVATIONS, known, removals: removalsByTrace(removals) })
  expect(steps.map((step) => step.by.index)).toEqual(order)
})
