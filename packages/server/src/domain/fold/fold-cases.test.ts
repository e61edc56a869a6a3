import { describe, expect, test } from 'vitest'
import type { ObservationChange, ScoreChange, TraceChange } from '#domain/change.ts'
import type { Folded } from '#domain/folded.ts'
import { observationId, projectId, scoreId, traceId } from '#domain/ids.ts'
import type { Observation } from '#domain/observation.ts'
import type { Score } from '#domain/score.ts'
import type { Trace } from '#domain/trace.ts'
import { foldObservation } from './observation.ts'
import { foldScore } from './score.ts'
import { tierAttributes } from './tier-attributes.ts'
import { foldTrace } from './trace.ts'

const BASE = Date.UTC(2026, 0, 1)
const ns = (ms: number) => BigInt(BASE + ms) * 1_000_000n
const ORIGIN = { apiKey: 'pk', sdkName: 'python', sdkVersion: '2.60.0', via: 'ingestion' } as const

type Given<C> = Partial<Omit<C, 'kind' | 'at'>> & { readonly at?: number }

function trace({ at = 0, ...fields }: Given<TraceChange>): TraceChange {
  return { ...envelope(at), kind: 'trace', id: traceId('t'), ...fields }
}

function observation({ at = 0, ...fields }: Given<ObservationChange>): ObservationChange {
  return { ...envelope(at), kind: 'observation', id: observationId('o'), ...fields }
}

function score({ at = 0, ...fields }: Given<ScoreChange>): ScoreChange {
  const judgement = { name: 's', dataType: 'NUMERIC', value: 1, stringValue: null, source: 'API' } as const
  return { ...envelope(at), kind: 'score', id: scoreId('s'), ...judgement, ...fields }
}

function envelope(at: number) {
  return { projectId: projectId('p'), at: BASE + at, receivedAt: BASE + 1000, origin: ORIGIN }
}

describe('foldTrace', () => {
  test.each<[string, TraceChange[], Partial<Trace>]>([
    [
      'row 6: metadata of two requests merges, later leaves win',
      [
        trace({ at: 1, metadata: '{"step":1,"status":"started"}' }),
        trace({ at: 2, metadata: '{"step":2,"error":""}' }),
      ],
      { metadata: '{"step":2,"status":"started","error":""}' },
    ],
    [
      'row 7: metadata keeps types, digits and spelling',
      [
        trace({ metadata: '{"a":5,"b":5.5,"c":"1983516295378495150","d":1983516295378495150}' }),
        trace({ at: 1, metadata: '{"e":1.10}' }),
      ],
      { metadata: '{"a":5,"b":5.5,"c":"1983516295378495150","d":1983516295378495150,"e":1.10}' },
    ],
    [
      'row 26: the newer timestamp decides, not the order of arrival',
      [trace({ at: 5, userId: 'new' }), trace({ at: 1, userId: 'old' })],
      { userId: 'new' },
    ],
    [
      'row 27: of equal timestamps the later listed one wins',
      [trace({ name: 'first' }), trace({ name: 'second' })],
      { name: 'second' },
    ],
    [
      'row 28: tags are a sorted union',
      [trace({ tags: ['1', '2', '2'] }), trace({ at: 1, tags: ['1', '4', '3'] })],
      { tags: ['1', '2', '3', '4'] },
    ],
    [
      'a tag that a person removed stays away, whatever a program says later',
      [trace({ tags: ['1', '2'] }), trace({ at: 1, removedTags: ['2'] }), trace({ at: 2, tags: ['2', '3'] })],
      { tags: ['1', '3'] },
    ],
    [
      'a tag that a person removed comes back when a person sets it',
      [trace({ at: 3, setTags: ['2'] }), trace({ tags: ['1', '2'] }), trace({ at: 1, removedTags: ['2'] })],
      { tags: ['1', '2'] },
    ],
    [
      'row 29: silence about public changes nothing',
      [trace({ isPublic: true }), trace({ at: 1, name: 'x' })],
      { isPublic: true },
    ],
    ['public can be taken back', [trace({ isPublic: true }), trace({ at: 1, isPublic: false })], { isPublic: false }],
    [
      'row 30: nested metadata is kept beside a new key',
      [trace({ metadata: '{"foo":{"bar":"baz"}}' }), trace({ at: 1, metadata: '{"hello":"world"}' })],
      { metadata: '{"foo":{"bar":"baz"},"hello":"world"}' },
    ],
    [
      'arrays in metadata merge index by index, null overwrites',
      [trace({ metadata: '{"a":[1,2,3],"b":1}' }), trace({ at: 1, metadata: '{"a":[9],"b":null}' })],
      { metadata: '{"a":[9,2,3],"b":null}' },
    ],
    ['null clears a name', [trace({ name: 'x' }), trace({ at: 1, name: null })], { name: undefined }],
    [
      'an older name does not undo a clearing',
      [trace({ at: 5, name: null }), trace({ at: 1, name: 'x' })],
      { name: undefined },
    ],
    [
      'the earliest explicit timestamp and environment stay',
      [
        trace({ at: 3, timestamp: ns(30), environment: 'late' }),
        trace({ at: 1 }),
        trace({ at: 2, timestamp: ns(20), environment: 'early' }),
      ],
      { timestamp: ns(20), environment: 'early' },
    ],
    [
      'without a timestamp the earliest change gives its own time',
      [trace({ at: 7 }), trace({ at: 3 })],
      { timestamp: ns(3), environment: 'default' },
    ],
    [
      'an explicit value of any time beats a fallback',
      [
        trace({ at: 1, name: 'explicit', output: 'said' }),
        trace({ at: 5, fallback: { name: 'root span', input: 'root input', output: 'root output', timestamp: ns(5) } }),
      ],
      { name: 'explicit', input: 'root input', output: 'said', timestamp: ns(5) },
    ],
    [
      'among fallbacks the earliest wins',
      [trace({ at: 5, fallback: { name: 'second' } }), trace({ at: 2, fallback: { name: 'first', environment: 'e' } })],
      { name: 'first', environment: 'e', timestamp: ns(2) },
    ],
  ])('%s', (_, changes, expected) => {
    expect(foldTrace(undefined, changes).entity).toMatchObject(expected)
    expect(oneByOne(foldTrace, changes).entity).toMatchObject(expected)
  })

  test('the latest change is the origin, receipt bounds are kept', () => {
    const other = { ...ORIGIN, apiKey: 'other' }
    const changes = [
      trace({ at: 9, origin: other, receivedAt: 20 }),
      trace({ at: 1, receivedAt: 10 }),
      trace({ at: 2, receivedAt: 30 }),
    ]
    expect(foldTrace(undefined, changes).entity).toMatchObject({ origin: other, createdAt: 10, updatedAt: 30 })
  })

  test('metadata beyond 64 patches is compacted and a replay still changes nothing', () => {
    const changes = Array.from({ length: 200 }, (_, index) =>
      trace({ at: index, metadata: `{"k${index % 90}":${index}}` }),
    )
    const once = oneByOne(foldTrace, changes)
    expect(JSON.parse(once.clock).patches.length).toBeLessThanOrEqual(64)
    expect(JSON.parse(once.entity.metadata)).toMatchObject({ k0: 180, k19: 199, k20: 110, k89: 179 })
    expect(foldTrace(once, changes.slice(160))).toEqual(once)
    expect(JSON.parse(foldTrace(once, changes).entity.metadata)).toEqual(JSON.parse(once.entity.metadata))
  })

  test('a storm of changes of one trace comes to an end', () => {
    const changes = Array.from({ length: 20_000 }, (_, index) =>
      trace({ at: index % 7, tags: [`t${index}`], metadata: `{"k${index}":${index}}` }),
    )
    const { entity } = foldTrace(undefined, changes)
    expect(entity.tags).toHaveLength(20_000)
    expect(Object.keys(JSON.parse(entity.metadata))).toHaveLength(20_000)
  })

  test('the same metadata from many spans is one patch, kept as written', () => {
    const changes = Array.from({ length: 5 }, (_, index) => trace({ at: index, metadata: '{ "a": 1.0 }' }))
    const folded = oneByOne(foldTrace, changes)
    expect(folded.entity.metadata).toBe('{ "a": 1.0 }')
    expect(folded.clock).not.toContain('patches')
  })

  test('nothing to fold is refused', () => {
    expect(() => foldTrace(undefined, [])).toThrow(RangeError)
  })
})

describe('foldObservation', () => {
  const start = { traceId: traceId('t'), startTime: ns(0) }

  test.each<[string, ObservationChange[], Partial<Observation>]>([
    [
      'row 25: the create goes before the update of its time',
      [observation({ isUpdate: true, output: 'updated' }), observation({ ...start, input: 'in', output: 'created' })],
      { input: 'in', output: 'updated' },
    ],
    [
      'row 38: costs of the create stay when an update changes only the usage',
      [
        observation({ ...start, usage: { input: 1 }, cost: { input: 1, output: 2 } }),
        observation({ at: 1, usage: { input: 5, output: 6 } }),
      ],
      { providedUsage: { input: 5, output: 6 }, providedCost: { input: 1, output: 2 } },
    ],
    [
      'row 39: usage and cost maps are replaced whole, and never by an empty one',
      [
        observation({ ...start, usage: { input: 1, output: 2 }, cost: { input: 1 } }),
        observation({ at: 1, usage: {}, cost: { output: 1 } }),
      ],
      { providedUsage: { input: 1, output: 2 }, providedCost: { output: 1 } },
    ],
    ['of no trace: its own id serves', [observation({})], { traceId: traceId('o'), startTime: ns(0) }],
    ['of no stated type: a generation', [observation({})], { type: 'GENERATION' }],
    ['the last type wins', [observation({ type: 'SPAN' }), observation({ at: 1, type: 'TOOL' })], { type: 'TOOL' }],
    [
      'null level is DEFAULT',
      [observation({ level: 'ERROR' }), observation({ at: 1, level: null })],
      { level: 'DEFAULT' },
    ],
    ['no end before the start', [observation({ ...start, endTime: ns(-5) })], { endTime: ns(0) }],
    [
      'an end that a later start hid comes back with an earlier start',
      [observation({ at: 5, startTime: ns(10), endTime: ns(4) }), observation({ at: 1, startTime: ns(2) })],
      { startTime: ns(2), endTime: ns(4) },
    ],
    [
      'prompt id, name and version stay together',
      [
        observation({ promptName: 'a', promptVersion: 1, promptId: 'id' }),
        observation({ at: 1, promptName: 'b', promptVersion: 2 }),
      ],
      { promptName: 'b', promptVersion: 2, promptId: undefined },
    ],
    [
      'empty output never overwrites',
      [observation({ output: 'x' }), observation({ at: 1, output: '' })],
      { output: 'x' },
    ],
  ])('%s', (_, changes, expected) => {
    expect(foldObservation(undefined, changes).entity).toMatchObject(expected)
    expect(oneByOne(foldObservation, changes).entity).toMatchObject(expected)
  })

  test.each<[string, ObservationChange[], string]>([
    [
      'a span that arrives complete',
      [
        observation({
          ...start,
          type: 'SPAN',
          level: 'DEFAULT',
          environment: 'e',
          endTime: ns(5),
          metadata: '{"a":1}',
        }),
      ],
      '',
    ],
    [
      'an envelope time of its own',
      [observation({ ...start, at: 3, type: 'SPAN', level: 'DEFAULT', environment: 'e', metadata: '{"a":1}' })],
      `{"base":${(BASE + 3) * 2}}`,
    ],
    [
      'a later end',
      [
        observation({ ...start, type: 'SPAN', level: 'DEFAULT', environment: 'e' }),
        observation({ at: 4, isUpdate: true, endTime: ns(4), origin: ORIGIN }),
      ],
      `{"ranks":{"endTime":${(BASE + 4) * 2 + 1},"origin":${(BASE + 4) * 2 + 1}}}`,
    ],
  ])('clock of %s', (_, changes, expected) => {
    expect(foldObservation(undefined, changes).clock).toBe(expected)
  })

  test('a span that states no level may get one from an older change', () => {
    const changes = [observation({ at: 5 }), observation({ at: 1, level: 'ERROR' })]
    expect(oneByOne(foldObservation, changes).entity.level).toBe('ERROR')
    const stated = [observation({ at: 5, level: 'DEFAULT' }), observation({ at: 1, level: 'ERROR' })]
    expect(oneByOne(foldObservation, stated).entity.level).toBe('DEFAULT')
  })

  test.each<[string, ObservationChange[], object]>([
    [
      'row 45: parameters and metadata that came with the usage',
      [
        observation({
          ...start,
          usage: { input: 1 },
          modelParameters: '{"service_tier":"priority"}',
          metadata: '{"a":1}',
        }),
      ],
      { modelParameters: '{"service_tier":"priority"}', metadata: '{"a":1}' },
    ],
    [
      'row 45: not those of another change',
      [
        observation({ ...start, modelParameters: '{"service_tier":"priority"}', metadata: '{"a":1}' }),
        observation({ at: 1, usage: { input: 1 }, metadata: '{"b":1}' }),
      ],
      { modelParameters: undefined, metadata: '{"b":1}' },
    ],
  ])('tierAttributes, %s', (_, changes, expected) => {
    expect(tierAttributes(foldObservation(undefined, changes))).toMatchObject(expected)
  })
})

describe('foldScore', () => {
  test.each<[string, ScoreChange[], Partial<Score>]>([
    [
      'row 5: a null comment clears, the value stays',
      [score({ value: 3, comment: 'Foo Bar' }), score({ at: 1, value: 3, comment: null })],
      { value: 3, comment: undefined },
    ],
    [
      'the latest judgement counts as a whole',
      [
        score({ at: 2, dataType: 'CATEGORICAL', value: 0, stringValue: 'good' }),
        score({ at: 1, dataType: 'NUMERIC', value: 7 }),
      ],
      { dataType: 'CATEGORICAL', value: 0, stringValue: 'good' },
    ],
    [
      'trace and timestamp of the first stay',
      [score({ traceId: traceId('a'), timestamp: ns(1) }), score({ at: 1, traceId: traceId('b'), timestamp: ns(2) })],
      { traceId: traceId('a'), timestamp: ns(1) },
    ],
  ])('%s', (_, changes, expected) => {
    expect(foldScore(undefined, changes).entity).toMatchObject(expected)
    expect(oneByOne(foldScore, changes).entity).toMatchObject(expected)
  })
})

function oneByOne<E, C>(
  fold: (stored: Folded<E> | undefined, changes: readonly C[]) => Folded<E>,
  changes: readonly C[],
) {
  return changes.slice(1).reduce((stored, change) => fold(stored, [change]), fold(undefined, changes.slice(0, 1)))
}
