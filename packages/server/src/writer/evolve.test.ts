import { describe, expect, test } from 'vitest'
import type { RemovalChange, TraceChange } from '#domain/change.ts'
import { projectId, traceId } from '#domain/ids.ts'
import type { Trace } from '#domain/trace.ts'
import { evolve, type Known, rowsOf } from './evolve.ts'
import { type Kind, TRACES } from './kinds.ts'
import type { Step } from './located.ts'

const base = {
  projectId: projectId('p'),
  receivedAt: 1,
  origin: { apiKey: '', sdkName: '', sdkVersion: '', via: 'api' },
} as const
const HOUR_MS = 3_600_000

const change = (next: number, name: string, at = 1): Step<TraceChange> => ({
  does: 'change',
  by: { next, index: 0, change: { ...base, kind: 'trace', id: traceId('t'), at, name } },
})
const removal = (next: number, id = 't'): Step<TraceChange> => {
  const by: RemovalChange = { ...base, kind: 'removal', of: 'trace', id: traceId(id), at: 1 }
  return { does: 'remove', by: { next, index: 0, change: by } }
}
const known = (version: number, name: string): Known<Trace> => ({
  version,
  folded: TRACES.fold(undefined, [{ ...base, kind: 'trace', id: traceId('t'), at: 1, name }]),
})

/** Refuses the name 'bad'. */
const picky: typeof TRACES = {
  ...TRACES,
  fold(stored, changes) {
    if (changes.some((one) => one.name === 'bad')) throw new RangeError('bad name')
    return TRACES.fold(stored, changes)
  },
}

describe('evolve', () => {
  const CASES: readonly {
    name: string
    before: Known<Trace> | undefined
    steps: Step<TraceChange>[]
    gives: unknown
  }[] = [
    { name: 'a first change', before: undefined, steps: [change(5, 'a')], gives: ['a', 5] },
    { name: 'a change to what is known', before: known(3, 'a'), steps: [change(5, 'b')], gives: ['b', 5] },
    { name: 'several changes', before: undefined, steps: [change(5, 'a'), change(6, 'b')], gives: ['b', 6] },
    { name: 'a removal', before: known(3, 'a'), steps: [removal(5)], gives: [undefined, 5] },
    { name: 'a change after it', before: known(3, 'a'), steps: [removal(5), change(6, 'b')], gives: ['b', 6] },
    { name: 'another removal', before: known(3, 'a'), steps: [removal(5, 'x'), change(4, 'b')], gives: ['b', 4] },
  ]
  test.each(CASES)('$name', ({ before, steps, gives }) => {
    const { evolved, refusals } = evolve(TRACES, before, steps)
    expect([evolved?.after?.entity.name, evolved?.version]).toEqual(gives)
    expect(refusals).toEqual([])
  })

  test.each([
    ['nothing', undefined, []],
    ['steps that are in already', known(6, 'b'), [change(5, 'a'), change(6, 'b')]],
    ['a removal of what is not there', undefined, [removal(5)]],
    ['a removal of something else', known(3, 'a'), [removal(5, 'x')]],
  ])('nothing comes of %s', (_, before, steps) => {
    expect(evolve(TRACES, before, steps)).toEqual({ evolved: undefined, refusals: [] })
  })

  test('a change that does not fold is given back, the others count', () => {
    const { evolved, refusals } = evolve(picky, undefined, [change(5, 'a'), change(6, 'bad'), change(7, 'c')])
    expect(evolved?.after?.entity.name).toBe('c')
    expect(evolved?.sources.map((source) => source.next)).toEqual([5, 7])
    expect(refusals).toMatchObject([{ next: 6, stage: 'fold', reason: 'bad name', change: { name: 'bad' } }])
  })

  test('nothing comes of an only change that does not fold', () => {
    expect(evolve(picky, known(1, 'a'), [change(5, 'bad')])).toMatchObject({
      evolved: undefined,
      refusals: [{ next: 5 }],
    })
  })
})

describe('rowsOf', () => {
  const rows = (kind: Kind<TraceChange, Trace>, steps: Step<TraceChange>[]) => {
    const { evolved } = evolve(kind, known(3, 'a'), steps)
    return evolved && rowsOf(kind, evolved)
  }

  test('one row where the entity stays in its place', () => {
    expect(rows(TRACES, [change(5, 'b')])).toMatchObject({ rows: [{ name: 'b', row_version: 5 }], tombstones: [] })
  })

  test('a tombstone where it leaves its place', () => {
    expect(rows(TRACES, [change(5, 'b', -HOUR_MS)])).toMatchObject({
      rows: [{ timestamp: -3_600_000_000_000n }],
      tombstones: [{ timestamp: 1_000_000n, is_deleted: 1, row_version: 5, name: '' }],
    })
  })

  test('a mark of the minute of its time before where it moves within its place', () => {
    expect(rows(TRACES, [change(5, 'b', 0)])).toMatchObject({
      rows: [
        { id: `\0${59_999_999_999n}`, timestamp: 59_999_999_999n, is_deleted: 1, row_version: 0, name: '' },
        { timestamp: 0n, is_deleted: 0, row_version: 5 },
      ],
      tombstones: [],
    })
  })

  test('a tombstone alone where it is removed', () => {
    expect(rows(TRACES, [removal(5)])).toMatchObject({
      rows: [],
      tombstones: [{ is_deleted: 1, row_version: 5 }],
    })
  })
})
