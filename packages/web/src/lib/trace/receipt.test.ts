import { describe, expect, test } from 'vitest'
import { buildReceipt, costBelow, type ReceiptInput } from './receipt.ts'

describe('the receipt', () => {
  const input: ReceiptInput = {
    usage: { input: 1000, output: 100, input_cached_tokens: 400, total: 1100 },
    providedCost: {},
    cost: { input: 0.002, output: 0.001 },
    totalCost: 0.003,
    prices: { input: 2e-6, output: 1e-5 },
    tier: 'standard',
    priceSource: 'builtin',
  }

  test('tokens × price, and what is odd about them', () => {
    const receipt = buildReceipt(input)
    expect(receipt.lines).toEqual([
      { kind: 'input', tokens: 1000, price: 2e-6, priced: 1000 * 2e-6, provided: undefined, billed: 0.002 },
      { kind: 'output', tokens: 100, price: 1e-5, priced: 100 * 1e-5, provided: undefined, billed: 0.001 },
      {
        kind: 'input_cached_tokens',
        tokens: 400,
        price: undefined,
        priced: undefined,
        provided: undefined,
        billed: undefined,
      },
    ])
    expect([receipt.winner, receipt.tier, receipt.total]).toEqual(['builtin', 'standard', 0.003])
    expect(receipt.warnings.map(({ code }) => code)).toEqual(['cached-counted-twice', 'kind-without-price'])
  })

  test('the client’s cost wins, and says so where it differs', () => {
    const receipt = buildReceipt({ ...input, providedCost: { total: 0.01 }, totalCost: 0.01 })
    expect(receipt.winner).toBe('provided')
    expect(receipt.alternatives.provided).toBe(0.01)
    expect(receipt.alternatives.priced).toBeCloseTo(0.003)
    expect(receipt.warnings.map(({ code }) => code)).toEqual([
      'sources-disagree',
      'cached-counted-twice',
      'kind-without-price',
      'lines-miss-total',
    ])
  })

  test('a price of the total is the total', () =>
    expect(buildReceipt({ ...input, prices: { ...input.prices, total: 1e-6 } }).alternatives.priced).toBe(1100 * 1e-6))

  test.each<[string, Record<string, number>, boolean]>([
    ['cached in the input', { input: 10, output: 5, input_cached_tokens: 4, total: 15 }, true],
    [
      'cached in the input, thought in the output',
      { input: 10, output: 5, input_cached_tokens: 4, output_reasoning_tokens: 3, total: 15 },
      true,
    ],
    ['each by itself', { input: 10, output: 5, input_cached_tokens: 4, output_reasoning_tokens: 3, total: 22 }, false],
    ['no total', { input: 10, input_cached_tokens: 4 }, false],
  ])('counted twice: %s', (_, ...[usage, isTwice]) =>
    expect(buildReceipt({ ...input, usage }).warnings.some(({ code }) => code === 'cached-counted-twice')).toBe(
      isTwice,
    ),
  )

  test.each<[number | undefined, number, number]>([
    [0.5, 0.75, 0.25],
    [0.5, 0.5001, 0],
    [undefined, 0.75, 0.75],
    [0.5, 0.25, 0],
  ])('of %s, shown as %s, %s lies below', (total, ...[shown, below]) => expect(costBelow({ total }, shown)).toBe(below))

  test('nothing known', () =>
    expect(
      buildReceipt({
        usage: {},
        providedCost: {},
        cost: {},
        totalCost: undefined,
        prices: {},
        tier: undefined,
        priceSource: undefined,
      }),
    ).toMatchObject({ lines: [], winner: 'unknown', warnings: [] }))
})
