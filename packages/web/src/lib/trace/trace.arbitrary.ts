import fc from 'fast-check'
import type { SkeletonRow } from './skeleton.ts'

const id = fc.integer({ min: 0, max: 24 }).map((number) => `n${number}`)
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined })

/** Traces of any shape: several roots, cycles, missing parents, ids that come twice, times that make no sense. */
export const anyTrace: fc.Arbitrary<SkeletonRow[]> = fc.array(
  fc.record({
    id,
    parentId: optional(id),
    name: fc.constantFrom('plan', 'search', 'reflect', undefined),
    type: fc.constantFrom('SPAN', 'GENERATION', 'TOOL', 'AGENT', 'EVENT', undefined),
    level: fc.constantFrom('DEBUG', 'DEFAULT', 'WARNING', 'ERROR'),
    start: optional(fc.integer({ min: -50, max: 200 })),
    end: optional(fc.integer({ min: -50, max: 300 })),
    cost: optional(fc.constantFrom(0, 0.25, 1)),
    inputTokens: optional(fc.constantFrom(0, 5, 100)),
    outputTokens: optional(fc.constantFrom(0, 5, 100)),
    version: optional(fc.integer({ min: 0, max: 3 })),
    step: fc.constantFrom('s1', 's2', undefined),
  }),
  { maxLength: 30 },
)
