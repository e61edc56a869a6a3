import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ObservationChange } from '#domain/change.ts'
import { observationId, projectId, type TraceId, traceId } from '#domain/ids.ts'
import { nanosFromMs } from '#domain/time.ts'
import { foldObservation } from './observation.ts'
import { wholeObservation } from './whole-observation.ts'

const AT = Date.UTC(2026, 0, 1)
const BARE = {
  kind: 'observation' as const,
  projectId: projectId('p'),
  id: observationId('o'),
  at: AT,
  receivedAt: AT + 5,
  origin: { apiKey: 'k', sdkName: 'python', sdkVersion: '4.0.0', via: 'otel' as const },
}
const WHOLE: ObservationChange = {
  ...BARE,
  traceId: traceId('t'),
  startTime: nanosFromMs(AT) + 999_999n,
  environment: 'default',
  type: 'SPAN',
  level: 'DEFAULT',
}

/** One of the odd values once in fifty, so that a change of thirty fields is often whole. */
const mostly = <T>(usual: T, ...odd: readonly T[]) =>
  fc.oneof({ weight: 50, arbitrary: fc.constant(usual) }, fc.constantFrom(...odd))
const text = mostly('a', '')
const clearable = mostly<string | null>('a', '', null)
const instant = fc.integer({ min: 1, max: 2 }).map((ms) => nanosFromMs(AT + ms))
const counts = fc.constantFrom({}, { input: 1 })
const change: fc.Arbitrary<ObservationChange> = fc
  .record(
    {
      at: mostly(AT, AT + 0.5, AT + 1),
      isUpdate: mostly(false, true),
      startTime: mostly<bigint | undefined>(nanosFromMs(AT) + 5n, undefined),
      traceId: mostly<TraceId | undefined>(traceId('t'), undefined),
      type: mostly<'GENERATION' | undefined>('GENERATION', undefined),
      level: mostly<'ERROR' | null | undefined>('ERROR', null, undefined),
      environment: mostly<string | undefined>('production', undefined),
      name: clearable,
      model: clearable,
      endTime: fc.oneof({ weight: 50, arbitrary: instant }, fc.constant(nanosFromMs(AT - 1))),
      completionStartTime: instant,
      parentObservationId: text,
      statusMessage: text,
      version: text,
      release: text,
      modelParameters: fc.constantFrom('', '{"a":1}'),
      input: text,
      output: text,
      metadata: fc.constantFrom('{}', '{"a":{"b":1}}'),
      usage: counts,
      cost: counts,
      promptId: text,
      promptName: text,
      promptVersion: fc.constantFrom(1, 2),
      userId: text,
      sessionId: text,
      traceName: text,
      tags: fc.array(fc.constantFrom('b', 'a'), { maxLength: 3 }),
      isPublic: mostly(true, false),
      isAppRoot: mostly(true, false),
      experiment: fc.constantFrom({}, { id: 'e' }),
    },
    { requiredKeys: [] },
  )
  .map((said) => {
    const given = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined))
    const missing = Object.keys(said).filter((key) => !(key in given))
    const base = Object.fromEntries(Object.entries(WHOLE).filter(([key]) => !missing.includes(key)))
    return { ...BARE, ...base, ...given }
  })

test('is what the fold by ranks gives, with nothing left for the clock to say', () => {
  let taken = 0
  fc.assert(
    fc.property(change, (said) => {
      const entity = wholeObservation(said)
      if (!entity) return
      taken += 1
      // Two changes go the long way; the second says nothing that the first did not.
      expect(foldObservation(undefined, [said, { ...BARE, at: said.at }])).toEqual({ entity, clock: '' })
    }),
    { numRuns: 3000, seed: 1 },
  )
  expect(taken).toBeGreaterThan(50)
})

test.each<[string, Partial<ObservationChange>]>([
  ['an update', { isUpdate: true }],
  ['said at another time', { at: AT + 1 }],
  ['a cleared name', { name: null }],
  ['an empty user', { userId: '' }],
  ['an end before the start', { endTime: nanosFromMs(AT) }],
  ['no longer public', { isPublic: false }],
])('leaves %s to the ranks', (_, said) => {
  expect(wholeObservation({ ...WHOLE, ...said })).toBeUndefined()
})
