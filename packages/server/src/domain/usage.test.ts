import { describe, expect, test } from 'vitest'
import {
  completeUsage,
  normaliseCostDetails,
  normaliseUsage,
  normaliseUsageDetails,
  providedMaps,
} from '#domain/usage.ts'

const OPENAI_DETAILS = {
  prompt_tokens: 5,
  completion_tokens: 11,
  total_tokens: 16,
  prompt_tokens_details: { cached_tokens: 2, audio_tokens: 3 },
  completion_tokens_details: { text_tokens: 3, audio_tokens: 4, reasoning_tokens: 4 },
}

describe('normaliseUsageDetails', () => {
  test.each<[string, unknown, object | undefined]>([
    ['row 3: a fraction is dropped, and nothing is left', { key: 0.1 }, undefined],
    ['row 17: a free map', { input: 1, cached: 2, reasoning: 3 }, { input: 1, cached: 2, reasoning: 3 }],
    ['row 18: null is dropped', { input: 1, output: null }, { input: 1 }],
    [
      'row 19: OpenAI chat details come out of input and output',
      OPENAI_DETAILS,
      {
        input: 0,
        output: 0,
        total: 16,
        input_cached_tokens: 2,
        input_audio_tokens: 3,
        output_text_tokens: 3,
        output_audio_tokens: 4,
        output_reasoning_tokens: 4,
      },
    ],
    [
      'row 20: null details',
      {
        prompt_tokens: 3,
        completion_tokens: 4,
        total_tokens: 7,
        prompt_tokens_details: null,
        completion_tokens_details: { reasoning_tokens: null },
      },
      { input: 3, output: 4, total: 7 },
    ],
    [
      'row 20: null details, Responses shape',
      { input_tokens: 3, output_tokens: 4, total_tokens: 7, input_tokens_details: { cached_tokens: null } },
      { input: 3, output: 4, total: 7 },
    ],
    [
      '§11.7: Responses shape without details',
      { input_tokens: 10, output_tokens: 4, total_tokens: 14 },
      { input: 10, output: 4, total: 14 },
    ],
    [
      'cached tokens count once',
      { input_tokens: 10, output_tokens: 4, total_tokens: 14, input_tokens_details: { cached_tokens: 8 } },
      { input: 2, output: 4, total: 14, input_cached_tokens: 8 },
    ],
    [
      'another key makes it a free map',
      { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3, requests: 1 },
      { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3, requests: 1 },
    ],
    [
      'two keys stay as they are',
      { prompt_tokens: 10, completion_tokens: 20 },
      { prompt_tokens: 10, completion_tokens: 20 },
    ],
    ['digits as text', { input: '12', output: 'many' }, { input: 12 }],
    [
      'what is no count is dropped',
      { a: -1, b: true, c: { d: 1 }, e: [1], f: Number.POSITIVE_INFINITY, g: 2 ** 60, ok: 0 },
      { ok: 0 },
    ],
    [
      'a key that objects inherit',
      JSON.parse('{"__proto__":3,"constructor":4}'),
      JSON.parse('{"__proto__":3,"constructor":4}'),
    ],
    ['null', null, undefined],
    ['nothing', {}, undefined],
  ])('%s', (_, given, expected) => {
    expect(normaliseUsageDetails(given)).toEqual({ ok: true, value: expected })
  })

  test.each([
    ['a list', [1]],
    ['a number', 5],
    ['text', '{"input":1}'],
  ])('refuses %s', (_, given) => {
    expect(normaliseUsageDetails(given)).toEqual({ ok: false, message: 'usageDetails must be an object' })
  })
})

describe('normaliseCostDetails', () => {
  test.each<[string, unknown, object | undefined]>([
    ['row 18: null is dropped', { input: 123, output: null }, { input: 123 }],
    ['numbers ≥ 0 stay', { input: 0.1, cached: 0, a: -1, b: '2' }, { input: 0.1, cached: 0 }],
    ['nothing left', { a: null }, undefined],
    ['absent', undefined, undefined],
  ])('%s', (_, given, expected) => {
    expect(normaliseCostDetails(given)).toEqual({ ok: true, value: expected })
  })

  test('refuses a list', () => {
    expect(normaliseCostDetails([])).toEqual({ ok: false, message: 'costDetails must be an object' })
  })
})

describe('normaliseUsage', () => {
  test.each<[string, unknown, string]>([
    ['a fraction', { input: 1.5 }, 'usage.input must be an integer'],
    ['a fraction in OpenAI spelling', { promptTokens: 1.5 }, 'usage.promptTokens must be an integer'],
    ['text as count', { output: '3' }, 'usage.output must be an integer'],
    ['text as cost', { input: 1, totalCost: '3' }, 'usage.totalCost must be a number'],
    [
      'an unknown unit',
      { input: 1, unit: 'APPLES' },
      'usage.unit must be one of CHARACTERS, TOKENS, SECONDS, MILLISECONDS, IMAGES, REQUESTS',
    ],
    ['a list', [1], 'usage must be an object'],
  ])('refuses %s', (_, given, message) => {
    expect(normaliseUsage(given)).toEqual({ ok: false, message })
  })

  test.each([
    ['an empty object', {}],
    ['null', null],
    ['only nulls', { input: null, unit: null }],
  ])('%s says nothing', (_, given) => {
    expect(normaliseUsage(given)).toEqual({ ok: true, value: undefined })
  })
})

describe('providedMaps', () => {
  test.each<[string, { usage?: unknown; usageDetails?: unknown; costDetails?: unknown }, object, object]>([
    [
      'row 14: input and output',
      { usage: { input: 1, output: 2, unit: 'IMAGES' } },
      { usage: { input: 1, output: 2 } },
      { input: 1, output: 2, total: 3 },
    ],
    [
      'row 15: details beside usage',
      { usage: { input: 1, output: 2, total: 3 }, usageDetails: { cached: 1 } },
      { usage: { input: 1, output: 2, total: 3, cached: 1 } },
      { input: 1, output: 2, total: 3, cached: 1 },
    ],
    [
      'row 16: details over usage',
      { usage: { input: 1 }, usageDetails: { input: 2 }, costDetails: { input: 3 } },
      { usage: { input: 2 }, cost: { input: 3 } },
      { input: 2, total: 2 },
    ],
    [
      'row 17: the total is the sum',
      { usageDetails: { input: 1, cached: 2, reasoning: 3 } },
      { usage: { input: 1, cached: 2, reasoning: 3 } },
      { input: 1, cached: 2, reasoning: 3, total: 6 },
    ],
    [
      'row 21: negatives are dropped',
      { usage: { input: 4, output: -7, total: -3 } },
      { usage: { input: 4 } },
      { input: 4, total: 4 },
    ],
    [
      'row 23: no input, some output',
      { usage: { input: 0, output: 5 } },
      { usage: { input: 0, output: 5 } },
      { input: 0, output: 5, total: 5 },
    ],
    [
      'a total of 0 beside counts says nothing',
      { usage: { input: 0, output: 5, total: 0 } },
      { usage: { input: 0, output: 5 } },
      { input: 0, output: 5, total: 5 },
    ],
    ['only a total', { usage: { total: 7 } }, { usage: { total: 7 } }, { total: 7 }],
    [
      'a given total is kept even when it does not fit',
      { usage: { input: 51, output: 0, total: 100 } },
      { usage: { input: 51, output: 0, total: 100 } },
      { input: 51, output: 0, total: 100 },
    ],
    [
      'OpenAI spelling, whose costs are dropped',
      { usage: { promptTokens: 1, completionTokens: 2, totalTokens: 3, inputCost: 9 } },
      { usage: { input: 1, output: 2, total: 3 } },
      { input: 1, output: 2, total: 3 },
    ],
    [
      'costs of usage',
      { usage: { inputCost: 1, outputCost: 2, totalCost: 3 }, costDetails: { output: 4 } },
      { cost: { input: 1, output: 4, total: 3 } },
      {},
    ],
    ['nothing', {}, {}, {}],
  ])('%s', (...[, given, expected, final]) => {
    const maps = providedMaps({
      usage: acceptedValue(normaliseUsage(given.usage)),
      usageDetails: acceptedValue(normaliseUsageDetails(given.usageDetails)),
      costDetails: acceptedValue(normaliseCostDetails(given.costDetails)),
    })
    expect(maps).toEqual(expected)
    expect(completeUsage(maps.usage ?? {})).toEqual(final)
  })
})

function acceptedValue<T>(checked: { ok: true; value: T } | { ok: false; message: string }): T {
  if (!checked.ok) throw new TypeError(checked.message)
  return checked.value
}
