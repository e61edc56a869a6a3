import { describe, expect, test } from 'vitest'
import { chargedPrices, givenCost, NO_COST, pricedCost, promptPrices } from '#domain/cost.ts'

describe('givenCost', () => {
  test.each<[string, Record<string, number>, object | undefined]>([
    ['row 16: input alone', { input: 3 }, { cost: { input: 3, total: 3 }, totalCost: 3 }],
    ['row 18: input alone', { input: 123 }, { cost: { input: 123, total: 123 }, totalCost: 123 }],
    [
      'row 24: other keys and no total',
      { input: 1, cached: 2 },
      { cost: { input: 1, cached: 2 }, totalCost: undefined },
    ],
    ['row 36: input and output', { input: 1, output: 2 }, { cost: { input: 1, output: 2, total: 3 }, totalCost: 3 }],
    ['row 39: output alone', { output: 1 }, { cost: { output: 1, total: 1 }, totalCost: 1 }],
    ['§11.9: total alone', { total: 0.5 }, { cost: { total: 0.5 }, totalCost: 0.5 }],
    [
      'a given total is kept',
      { input: 1, output: 2, total: 9 },
      { cost: { input: 1, output: 2, total: 9 }, totalCost: 9 },
    ],
    ['decimals add up', { input: 0.1, output: 0.2 }, { cost: { input: 0.1, output: 0.2, total: 0.3 }, totalCost: 0.3 }],
    ['zero is a cost', { input: 0 }, { cost: { input: 0, total: 0 }, totalCost: 0 }],
    ['none', {}, undefined],
  ])('%s', (_, provided, expected) => {
    expect(givenCost(provided)).toEqual(expected)
  })
})

describe('pricedCost', () => {
  const MINI = { input: 1.5e-7, output: 6e-7 }

  test.each<[string, Record<string, number>, Record<string, number>, Record<string, number>]>([
    ['row 21: input alone', { input: 4, total: 4 }, MINI, { input: 6e-7, total: 6e-7 }],
    [
      'row 22: exact decimals',
      { input: 1295, output: 18, total: 1313 },
      MINI,
      { input: 0.00019425, output: 0.0000108, total: 0.00020505 },
    ],
    [
      'a total priced by itself is the total',
      { input: 1295, output: 18, total: 1313 },
      { ...MINI, total: 1.5e-7 },
      { input: 0.00019425, output: 0.0000108, total: 0.00019695 },
    ],
    [
      'row 40: zero units cost nothing',
      { input: 0, output: 0, total: 0 },
      { ...MINI, total: 1e-6 },
      { input: 0, output: 0, total: 0 },
    ],
    ['only a total, priced', { total: 1313 }, { total: 1.5e-7 }, { total: 0.00019695 }],
    [
      '§11.2: cached input by another name',
      { input: 6, input_cache_read: 4, output: 2, total: 12 },
      { input: 1, input_cached_tokens: 0.5, output: 2 },
      { input: 6, input_cache_read: 2, output: 4, total: 12 },
    ],
    [
      'cached input without a price of its own costs as input',
      { input: 6, input_cached_tokens: 4, output: 2, total: 12 },
      { input: 1, output: 2 },
      { input: 6, input_cached_tokens: 4, output: 4, total: 14 },
    ],
    [
      'reasoning without a price of its own costs as output',
      { input: 1, output: 2, output_reasoning_tokens: 3, total: 6 },
      { input: 1, output: 2 },
      { input: 1, output: 4, output_reasoning_tokens: 6, total: 11 },
    ],
    [
      'reasoning that was not taken out of the output is not paid twice',
      { input: 10, output: 20, reasoning_tokens: 15, total: 30 },
      { input: 1, output: 2 },
      { input: 10, output: 40, total: 50 },
    ],
    [
      'one kind of unit under two names is paid once',
      { input: 6, input_cached_tokens: 4, cache_read_input_tokens: 4, total: 10 },
      { input: 1, input_cache_read: 0.5 },
      { input: 6, input_cached_tokens: 2, total: 8 },
    ],
    [
      'cache writes by their time to live',
      { input_cache_creation_5m: 2, input_cache_creation_1h: 3, total: 5 },
      { input: 1, cache_creation_input_tokens: 1.25, input_cache_creation_1h: 2 },
      { input_cache_creation_5m: 2.5, input_cache_creation_1h: 6, total: 8.5 },
    ],
    [
      'tokens in OpenAI spelling',
      { prompt_tokens: 2, completion_tokens: 3, total: 5 },
      { input: 1, output: 2 },
      { prompt_tokens: 2, completion_tokens: 6, total: 8 },
    ],
    ['a name of no family has no price', { input: 1, searches: 9, total: 10 }, { input: 1 }, { input: 1, total: 1 }],
  ])('%s', (...[, usage, prices, cost]) => {
    expect(pricedCost(usage, prices)).toEqual({ cost, totalCost: cost['total'] })
  })

  test.each([
    ['no price', { input: 1, total: 1 }, {}],
    ['a name that objects inherit', { constructor: 1, total: 1 }, {}],
  ])('%s: no cost', (_, usage, prices) => {
    expect(pricedCost(usage, prices)).toEqual(NO_COST)
  })
})

test.each<[string, Record<string, number>, Record<string, number>]>([
  ['the price of its own name', { input: 2 }, { input: 1 }],
  [
    'the price of the whole that it was taken out of',
    { input: 2, output_reasoning_tokens: 3 },
    { input: 1, output_reasoning_tokens: 5 },
  ],
  ['a price under another name', { input: 1, cache_read_tokens: 1 }, { input: 1, cache_read_tokens: 0.5 }],
  ['none where there is none', { input: 1, searches: 1 }, { input: 1 }],
])('a unit is charged %s', (_, parts, charged) => {
  const usage = { ...parts, total: Object.values(parts).reduce((sum, units) => sum + units, 0) }
  expect(chargedPrices(usage, { input: 1, input_cache_read: 0.5, output: 5 })).toEqual(charged)
})

test.each<[string, Record<string, number>, ReturnType<typeof promptPrices>]>([
  ['as they are spelt here', { input: 2, input_cached_tokens: 1, output: 3 }, { input: 2, cached: 1 }],
  ['as OpenAI and Anthropic spell them', { prompt_tokens: 2, cache_read_input_tokens: 1 }, { input: 2, cached: 1 }],
  ['as Gemini spells them', { prompt_token_count: 2, cached_content_token_count: 1 }, { input: 2, cached: 1 }],
  ['of which one is free', { input: 2, input_cache_read: 0 }, { input: 2, cached: 0 }],
  ['without one of the cache', { input: 2 }, { input: 2, cached: undefined }],
  ['none', {}, { input: undefined, cached: undefined }],
])('prices of a prompt, %s', (_, prices, found) => expect(promptPrices(prices)).toEqual(found))
