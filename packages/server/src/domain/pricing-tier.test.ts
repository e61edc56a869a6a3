import { describe, expect, test } from 'vitest'
import type { Model, PricingCondition } from '#domain/model.ts'
import { choosePricingTier, type TierAttributes, usageTypeMatcher } from '#domain/pricing-tier.ts'

const LARGE = { usageDetailPattern: '(input|prompt|cached)', operator: 'gt', value: 200_000 } as const
const PRIORITY = {
  source: 'model_parameters',
  key: 'service_tier',
  operator: 'in',
  values: ['fast', 'priority'],
} as const
const FAST = { source: 'metadata', key: 'speed', operator: 'in', values: ['fast', '1', 'true'] } as const

function model(...tiers: (readonly PricingCondition[])[]): Model {
  const others = tiers.map((conditions, index) => ({
    id: `tier ${index + 1}`,
    name: `Tier ${index + 1}`,
    isDefault: false,
    priority: index + 1,
    conditions,
    prices: {},
  }))
  const standard = { id: 'default', name: 'Standard', isDefault: true, priority: 0, conditions: [], prices: {} }
  return {
    id: 'm',
    projectId: undefined,
    modelName: 'm',
    matchPattern: 'm',
    startDate: undefined,
    unit: undefined,
    tokenizerId: undefined,
    tokenizerConfig: undefined,
    tiers: [...others.reverse(), standard],
    createdAt: 0,
    updatedAt: 0,
  }
}

describe('choosePricingTier', () => {
  test.each<[string, Model, Record<string, number>, TierAttributes, string | undefined]>([
    ['row 44: exactly at the bound', model([LARGE]), { input: 200_000, output: 9, total: 200_009 }, {}, 'default'],
    ['row 44: above the bound', model([LARGE]), { input: 200_001 }, {}, 'tier 1'],
    ['row 44: cached keys count', model([LARGE]), { input: 150_000, input_cached_tokens: 50_001 }, {}, 'tier 1'],
    [
      'row 45: service tier',
      model([PRIORITY]),
      { input: 1 },
      { modelParameters: '{"service_tier":"priority"}' },
      'tier 1',
    ],
    ['row 45: no parameters', model([PRIORITY]), { input: 1 }, { metadata: '{"service_tier":"priority"}' }, 'default'],
    ['another value', model([PRIORITY]), { input: 1 }, { modelParameters: '{"service_tier":"flex"}' }, 'default'],
    ['a number as text', model([FAST]), { input: 1 }, { metadata: '{"speed":1}' }, 'tier 1'],
    ['a boolean as text', model([FAST]), { input: 1 }, { metadata: '{"speed":true}' }, 'tier 1'],
    ['a nested value', model([FAST]), { input: 1 }, { metadata: '{"speed":["fast"]}' }, 'default'],
    ['all conditions must hold', model([LARGE, FAST]), { input: 300_000 }, {}, 'default'],
    [
      'the first by priority',
      model([LARGE], [PRIORITY]),
      { input: 300_000 },
      { modelParameters: '{"service_tier":"fast"}' },
      'tier 1',
    ],
    ['no usage', model([]), {}, {}, undefined],
  ])('%s', (...[, given, usage, attributes, expected]) => {
    expect(choosePricingTier(given, usage, attributes)?.id).toBe(expected)
  })

  test.each([
    ['gt', [false, false, true]],
    ['gte', [false, true, true]],
    ['lt', [true, false, false]],
    ['lte', [true, true, false]],
    ['eq', [false, true, false]],
    ['neq', [true, false, true]],
  ] as const)('%s', (operator, expected) => {
    const one = model([{ usageDetailPattern: '^input$', operator, value: 5 }])
    expect([4, 5, 6].map((input) => choosePricingTier(one, { input }, {})?.id === 'tier 1')).toEqual(expected)
  })
})

describe('usageTypeMatcher', () => {
  test.each([
    ['(input|prompt)', 'INPUT_cached', false, true],
    ['(input|prompt)', 'INPUT_cached', true, false],
    ['input', 'output', false, false],
    ['^input$', 'input_x', false, false],
    ['^In.+d$', 'input_cached', false, true],
    ['^In.+d$', 'input_cached', true, false],
  ])('%s on %s, case-sensitive %s: %s', (...[pattern, type, caseSensitive, expected]) => {
    expect(usageTypeMatcher(pattern, caseSensitive)?.(type)).toBe(expected)
  })

  test.each([
    ['not a pattern', '(input'],
    ['too long', 'x'.repeat(201)],
    ['look-around', '(?=input)'],
  ])('%s matches nothing', (_, pattern) => {
    expect(usageTypeMatcher(pattern, false)).toBeUndefined()
  })

  test('a pattern that would stall a backtracking engine answers', () => {
    expect(usageTypeMatcher('^(a+)+$', false)?.(`${'a'.repeat(200)}!`)).toBe(false)
  })
})
