import { describe, expect, test } from 'vitest'
import { buildReceipt } from './build-receipt.ts'

const observation = {
  usageDetails: { input: 1000, output: 100, total: 1100 },
  costDetails: { input: 0.001, output: 0.0004, total: 0.0014 },
  model: 'm-1',
  usagePricingTierName: 'Standard',
  calculatedTotalCost: 0.0014,
}
const tier = (name: string, prices: Record<string, number>, isDefault = false) => ({
  id: name,
  name,
  isDefault,
  priority: 0,
  conditions: [],
  prices,
})
const model = {
  modelName: 'm-1',
  isLangfuseManaged: true,
  prices: {},
  pricingTiers: [
    tier('Standard', { input: 0.000001, output: 0.000004 }, true),
    tier('Large', { input: 0.000002, output: 0.000008 }),
  ],
}

describe('receipt', () => {
  test('reckoned from the table', () => {
    const receipt = buildReceipt(observation, model)
    expect(receipt.source).toBe('Reckoned from the built-in prices of m-1, tier Standard.')
    expect(receipt.lines).toEqual([
      { kind: 'input', units: 1000, price: 0.000001, cost: 0.001 },
      { kind: 'output', units: 100, price: 0.000004, cost: 0.0004 },
    ])
    expect(receipt.alternatives).toEqual([{ name: 'In the tier Large', total: 0.0028 }])
    expect(receipt.warnings).toEqual([])
  })

  test('sent, and the table disagrees', () => {
    const receipt = buildReceipt({ ...observation, costDetails: { total: 0.5 } }, model)
    expect(receipt.source).toMatch(/^The cost was sent/)
    expect(receipt.warnings).toEqual(['The model table gives $0.0014 for the same usage.'])
  })

  test('cached tokens that the input holds too', () => {
    const usageDetails = { input: 1000, input_cached_tokens: 800, output: 100, total: 1100 }
    expect(buildReceipt({ ...observation, usageDetails }, undefined).warnings).toEqual([
      '800 cached tokens are counted in the input too, and so twice.',
    ])
  })

  test('no price at all', () => {
    const bare = { ...observation, costDetails: {}, calculatedTotalCost: null }
    expect(buildReceipt(bare, undefined).source).toBe('No price is known for m-1.')
  })
})
