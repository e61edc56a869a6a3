import { describe, expect, test } from 'vitest'
import { cleanCostDetails, cleanUsageDetails } from '#ingest/clean.ts'

describe('cleanUsageDetails', () => {
  test.each([
    ['a float is dropped', { key: 0.1 }, undefined],
    ['a free map', { input: 1, cached: 2, reasoning: 3 }, { input: 1, cached: 2, reasoning: 3 }],
    ['null is dropped', { input: 1, output: null }, { input: 1 }],
    ['digits as text are read', { input: '12' }, { input: 12 }],
    [
      'negatives, booleans, objects and words are dropped',
      { input: 4, output: -7, a: true, b: {}, c: 'many' },
      { input: 4 },
    ],
    ['counts beyond the safe range are dropped', { input: 1e300, output: 2 }, { output: 2 }],
    ['nothing', {}, undefined],
    [
      'an OpenAI completion',
      {
        prompt_tokens: 5,
        completion_tokens: 11,
        total_tokens: 16,
        prompt_tokens_details: { cached_tokens: 2, audio_tokens: 3 },
        completion_tokens_details: { text_tokens: 3, audio_tokens: 4, reasoning_tokens: 4 },
      },
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
      'an OpenAI completion with null details',
      {
        prompt_tokens: 3,
        completion_tokens: 4,
        total_tokens: 7,
        prompt_tokens_details: { cached_tokens: null },
        completion_tokens_details: null,
      },
      { input: 3, output: 4, total: 7 },
    ],
    [
      'an OpenAI response',
      { input_tokens: 10, output_tokens: 4, total_tokens: 14, input_tokens_details: { cached_tokens: 6 } },
      { input: 4, output: 4, total: 14, input_cached_tokens: 6 },
    ],
    [
      'an OpenAI response without details',
      { input_tokens: 1, output_tokens: 2, total_tokens: 3 },
      { input: 1, output: 2, total: 3 },
    ],
    [
      'parts beyond the total are clamped at nothing',
      { input_tokens: 1, output_tokens: 2, total_tokens: 3, output_tokens_details: { reasoning_tokens: 9 } },
      { input: 1, output: 0, total: 3, output_reasoning_tokens: 9 },
    ],
    [
      'an extra key makes it a free map',
      { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3, extra: 4 },
      { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3, extra: 4 },
    ],
    [
      'odd details make it a free map',
      { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3, prompt_tokens_details: { a: 'b' } },
      { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 },
    ],
    [
      'a missing total makes it a free map',
      { input_tokens: 1, output_tokens: 2 },
      { input_tokens: 1, output_tokens: 2 },
    ],
  ])('%s', (_, given, expected) => {
    expect(cleanUsageDetails(given)).toEqual(expected)
  })
})

describe('cleanCostDetails', () => {
  test.each([
    ['numbers stay', { input: 0.1, cached: 0 }, { input: 0.1, cached: 0 }],
    ['null, text and negatives are dropped', { input: 123, output: null, a: '1', b: -1 }, { input: 123 }],
    ['nothing left', { output: null }, undefined],
  ])('%s', (_, given, expected) => {
    expect(cleanCostDetails(given)).toEqual(expected)
  })
})
