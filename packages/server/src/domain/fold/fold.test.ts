import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ObservationChange, Origin, ScoreChange, TraceChange } from '#domain/change.ts'
import type { Folded } from '#domain/folded.ts'
import { observationId, projectId, scoreId, traceId } from '#domain/ids.ts'
import { foldObservation } from './observation.ts'
import { foldScore } from './score.ts'
import { foldTrace } from './trace.ts'

const BASE = Date.UTC(2026, 0, 1)
const ns = (ms: number) => BigInt(BASE + ms) * 1_000_000n

const text = fc.constantFrom('a', 'b', 'c')
const nullableText = fc.constantFrom('a', 'b', null)
const instant = fc.integer({ min: -20, max: 20 }).map(ns)
const environment = fc.constantFrom('default', 'production', 'test')
const metadata = fc.constantFrom(
  '{}',
  '{"a":1}',
  '{"a":{"b":[1,2]}}',
  '{"a":{"b":[3],"c":null}}',
  '{"d":"x"}',
  '{"a":[]}',
)
const tags = fc.array(text, { maxLength: 3 })
const counts = fc.constantFrom({}, { input: 1 }, { input: 2, output: 3 })
const origin = fc
  .constantFrom('key-1', 'key-2')
  .map((apiKey): Origin => ({ apiKey, sdkName: 'python', sdkVersion: '2.60.0', via: 'ingestion' }))

/** Any subset of the fields, and what every change has. */
function changes<T, K>(identity: T, fields: { [key in keyof K]: fc.Arbitrary<K[key]> }) {
  const change = fc.record(
    {
      at: fc.integer({ min: BASE, max: BASE + 30 }),
      isUpdate: fc.boolean(),
      receivedAt: fc.integer({ min: BASE, max: BASE + 30 }),
      origin,
      ...fields,
    },
    { requiredKeys: ['at', 'receivedAt', 'origin'] },
  )
  return fc
    .uniqueArray(change, { minLength: 1, maxLength: 6, selector: ({ at }) => at })
    .map((several) => several.map((one) => ({ ...identity, ...one })))
}

const project = projectId('p')

const traceChanges: fc.Arbitrary<TraceChange[]> = changes(
  { kind: 'trace' as const, projectId: project, id: traceId('t') },
  {
    timestamp: instant,
    name: nullableText,
    userId: nullableText,
    sessionId: nullableText,
    release: nullableText,
    version: nullableText,
    externalId: nullableText,
    environment,
    isPublic: fc.boolean(),
    isBookmarked: fc.boolean(),
    tags,
    setTags: tags,
    removedTags: tags,
    input: text,
    output: text,
    metadata,
    fallback: fc.record(
      { timestamp: instant, environment, name: text, input: text, output: text },
      { requiredKeys: [] },
    ),
  },
)

const observationChanges: fc.Arbitrary<ObservationChange[]> = changes(
  { kind: 'observation' as const, projectId: project, id: observationId('o') },
  {
    traceId: text.map(traceId),
    type: fc.constantFrom('SPAN' as const, 'GENERATION' as const),
    name: nullableText,
    startTime: instant,
    endTime: instant,
    completionStartTime: instant,
    parentObservationId: text,
    environment,
    level: fc.constantFrom('DEFAULT' as const, 'ERROR' as const, null),
    statusMessage: text,
    version: text,
    release: text,
    model: nullableText,
    modelParameters: fc.constantFrom('{"a":1}', '{"b":2}'),
    input: text,
    output: text,
    metadata,
    usage: counts,
    cost: counts,
    promptName: text,
    promptVersion: fc.integer({ min: 1, max: 3 }),
    userId: text,
    sessionId: text,
    traceName: text,
    tags,
    isPublic: fc.boolean(),
    isAppRoot: fc.boolean(),
    experiment: fc.constantFrom({}, { id: 'e' }, { id: 'e', name: 'run' }),
  },
)

const scoreChanges: fc.Arbitrary<ScoreChange[]> = changes(
  { kind: 'score' as const, projectId: project, id: scoreId('s') },
  {
    timestamp: instant,
    traceId: text.map(traceId),
    observationId: nullableText.map((id) => (id === null ? null : observationId(id))),
    sessionId: text,
    datasetRunId: text,
    environment,
    comment: nullableText,
    metadata,
    configId: nullableText,
    queueId: nullableText,
    executionTraceId: nullableText,
    authorUserId: nullableText,
  },
).map((several) =>
  several.map((one, index) => ({
    ...one,
    name: `score ${index}`,
    dataType: 'NUMERIC' as const,
    value: index,
    stringValue: null,
    source: 'API' as const,
  })),
)

/** As the store gives it back. */
function reloaded<E>(folded: Folded<E>): Folded<E> {
  return structuredClone(folded)
}

function holdsForAnyOrder<C, E>(
  arbitrary: fc.Arbitrary<C[]>,
  fold: (stored: Folded<E> | undefined, changes: readonly C[]) => Folded<E>,
) {
  const shuffled = arbitrary.chain((several) =>
    fc.record({
      several: fc.constant(several),
      order: fc.shuffledSubarray(several, { minLength: several.length, maxLength: several.length }),
      cut: fc.integer({ min: 0, max: several.length - 1 }),
    }),
  )

  test('any order and any split of changes gives the same', () => {
    fc.assert(
      fc.property(shuffled, ({ several, order, cut }) => {
        const head = order.slice(0, cut)
        const stored = head.length > 0 ? reloaded(fold(undefined, head)) : undefined
        expect(fold(stored, order.slice(cut))).toEqual(fold(undefined, several))
      }),
      { numRuns: 500 },
    )
  })

  test('one change a fold gives the same', () => {
    fc.assert(
      fc.property(shuffled, ({ several, order }) => {
        let stored: Folded<E> | undefined
        for (const change of order) stored = reloaded(fold(stored, [change]))
        expect(stored).toEqual(fold(undefined, several))
      }),
    )
  })

  test('changes seen before change nothing', () => {
    fc.assert(
      fc.property(shuffled, ({ several, order, cut }) => {
        const once = fold(undefined, several)
        expect(fold(reloaded(once), order.slice(cut))).toEqual(once)
      }),
    )
  })
}

describe('foldTrace', () => holdsForAnyOrder(traceChanges, foldTrace))
describe('foldObservation', () => holdsForAnyOrder(observationChanges, foldObservation))
describe('foldScore', () => holdsForAnyOrder(scoreChanges, foldScore))
