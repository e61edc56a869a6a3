import { describe, expect, test } from 'vitest'
import { projectId } from '#domain/ids.ts'
import { parseIso } from '#domain/time.ts'
import { DAY_NS } from '#store/day-spans.ts'
import { type DayFigures, planRetention } from './retention-plan.ts'

const project = projectId('p')
const now = parseIso('2026-03-10T15:00:00Z') ?? 0n
const midnight = parseIso('2026-03-10T00:00:00Z') ?? 0n

/** Days before today with their payload and narrow bytes: `{ 0: [10, 1] }` is today. */
const days = (bytes: Readonly<Record<number, readonly [number, number]>>): DayFigures[] =>
  Object.entries(bytes).map(([ago, [payloadBytes, narrowBytes]]) => ({
    day: midnight - BigInt(ago) * DAY_NS,
    payloadBytes,
    narrowBytes,
  }))

/** Days before today; undefined stays. */
const ago = (instant: bigint | undefined) => (instant === undefined ? undefined : Number((midnight - instant) / DAY_NS))

const full = days({ 0: [40, 4], 1: [40, 4], 2: [40, 4], 3: [40, 4] })

describe('planRetention', () => {
  test.each([
    ['nothing without a rule', {}, full, { remove: undefined, strip: undefined }],
    ['what is older than the age, by whole days', { maxAgeDays: 2 }, [], { remove: 2, strip: undefined }],
    ['everything before today for an age of none', { maxAgeDays: 0 }, [], { remove: 0, strip: undefined }],
    ['nothing while all fits', { maxBytes: 176 }, full, { remove: undefined, strip: undefined }],
    ['the oldest payloads, with some slack', { maxBytes: 170 }, full, { remove: undefined, strip: 2 }],
    ['more of them', { maxBytes: 110 }, full, { remove: undefined, strip: 1 }],
    ['never the payloads of today', { maxBytes: 40 }, full, { remove: undefined, strip: 0 }],
    ['rows too, once rows alone take more than half', { maxBytes: 30 }, full, { remove: 2, strip: 0 }],
    ['never the rows of today', { maxBytes: 1 }, full, { remove: 0, strip: undefined }],
    ['by size what age leaves', { maxAgeDays: 1, maxBytes: 80 }, full, { remove: 1, strip: 0 }],
    ['nothing by size when age frees enough', { maxAgeDays: 1, maxBytes: 100 }, full, { remove: 1, strip: undefined }],
  ] as const)('takes %s', (...[, bounds, figures, expected]) => {
    const rule = { projectId: project, maxAgeDays: undefined, maxBytes: undefined, ...bounds }
    const plan = planRetention(rule, figures, now)
    expect({ remove: ago(plan.removeBefore), strip: ago(plan.stripBefore) }).toEqual(expected)
  })

  test('passes over days that have nothing to give', () => {
    const figures = days({ 0: [40, 1], 1: [40, 1], 2: [0, 1], 3: [0, 1] })
    const rule = { projectId: project, maxAgeDays: undefined, maxBytes: 60 }
    expect(ago(planRetention(rule, figures, now).stripBefore)).toBe(0)
  })
})
