import { describe, expect, test } from 'vitest'
import { observe } from './ingest.fixture.ts'
import type { Value } from './otlp-request.ts'

type Given = Readonly<Record<string, Value>>

const usageOf = (attributes: Given, scope = 'any') => observe({ attributes }, { scope }).usage

test.each<[string, Given, object | undefined]>([
  [
    'row 61: cached tokens are taken out of the input, the total is as sent',
    {
      'gen_ai.usage.input_tokens': 100,
      'gen_ai.usage.output_tokens': 5,
      'gen_ai.usage.total_tokens': 105,
      'gen_ai.usage.cache_read.input_tokens': 20,
      'gen_ai.usage.cache_creation.input_tokens': 10,
    },
    { input: 70, output: 5, total: 105, input_cached_tokens: 20, input_cache_creation: 10 },
  ],
  [
    'row 62: a defined 0 shadows later names',
    {
      'gen_ai.usage.input_tokens': 100,
      'gen_ai.usage.cache_read.input_tokens': 0,
      'gen_ai.usage.cache_read_input_tokens': 20,
    },
    { input: 100, input_cached_tokens: 0 },
  ],
  [
    'row 64: more reasoning than output',
    { 'gen_ai.usage.output_tokens': 5, 'gen_ai.usage.reasoning.output_tokens': 9 },
    { output: 0, output_reasoning_tokens: 9 },
  ],
  ['row 64: reasoning alone', { 'gen_ai.usage.reasoning.output_tokens': 9 }, { output_reasoning_tokens: 9 }],
  [
    'OpenInference',
    {
      'llm.token_count.prompt': 10,
      'llm.token_count.completion': 4,
      'llm.token_count.total': 14,
      'llm.token_count.prompt_details.cache_read': 3,
      'llm.token_count.completion_details.audio': 1,
    },
    { input: 7, output: 3, total: 14, input_cached_tokens: 3, output_audio_tokens: 1 },
  ],
  [
    'other counts pass',
    { 'gen_ai.usage.details.rejected': 2, 'gen_ai.usage.thoughts': '3' },
    { rejected: 2, thoughts: 3 },
  ],
  ['a cost is no count', { 'gen_ai.usage.cost': 0.5 }, undefined],
  ['llm.usage is not read', { 'llm.usage.total_tokens': 5 }, undefined],
  [
    'summaries of agents count nothing',
    { 'gen_ai.operation.name': 'invoke_agent', 'gen_ai.usage.input_tokens': 5 },
    undefined,
  ],
  [
    'explicit',
    { 'langfuse.observation.usage_details': '{"input":1,"output":2}', 'gen_ai.usage.input_tokens': 9 },
    { input: 1, output: 2 },
  ],
  [
    'explicit in the shape of OpenAI, details and nulls',
    {
      'langfuse.observation.usage_details':
        '{"prompt_tokens":10,"completion_tokens":5,"total_tokens":15,"prompt_tokens_details":{"cached_tokens":4,"audio_tokens":null}}',
    },
    { input: 6, output: 5, total: 15, input_cached_tokens: 4 },
  ],
  [
    'explicit but no object: nothing, and no other source',
    { 'langfuse.observation.usage_details': '[1]', 'gen_ai.usage.input_tokens': 9 },
    undefined,
  ],
  [
    'explicit but no JSON: the next source',
    { 'langfuse.observation.usage_details': '{', 'gen_ai.usage.input_tokens': 9 },
    { input: 9 },
  ],
])('%s', (_, attributes, expected) => {
  expect(usageOf(attributes)).toEqual(expected)
})

describe('AI SDK', () => {
  test('row 63: what Anthropic wrote into its cache', () => {
    const usage = {
      cache_creation_input_tokens: 2089,
      cache_read_input_tokens: 16_399,
      cache_creation: { ephemeral_5m_input_tokens: 2089, ephemeral_1h_input_tokens: 0 },
    }
    const attributes = {
      'gen_ai.usage.input_tokens': 18_495,
      'gen_ai.usage.output_tokens': 50,
      'ai.usage.cachedInputTokens': 16_399,
      'ai.response.providerMetadata': JSON.stringify({ anthropic: { usage } }),
    }
    expect(usageOf(attributes, 'ai')).toEqual({
      input: 7,
      output: 50,
      input_cached_tokens: 16_399,
      input_cache_creation: 0,
      input_cache_creation_5m: 2089,
      input_cache_creation_1h: 0,
    })
  })

  test('OpenAI reasoning and predictions', () => {
    const openai = {
      cachedPromptTokens: 4,
      reasoningTokens: 6,
      acceptedPredictionTokens: 1,
      rejectedPredictionTokens: 2,
    }
    const attributes = {
      'gen_ai.usage.prompt_tokens': 10,
      'gen_ai.usage.completion_tokens': 8,
      'ai.usage.tokens': 18,
      'ai.response.providerMetadata': JSON.stringify({ openai }),
    }
    expect(usageOf(attributes, 'ai')).toEqual({
      input: 6,
      output: 2,
      total: 18,
      input_cached_tokens: 4,
      output_reasoning_tokens: 6,
      accepted_prediction_tokens: 1,
      rejected_prediction_tokens: 2,
    })
  })

  test('nothing reported is no usage', () => {
    expect(usageOf({ 'ai.operationId': 'ai.toolCall' }, 'ai')).toBeUndefined()
  })

  test('provider metadata that is no JSON is passed over', () => {
    const attributes = { 'gen_ai.usage.input_tokens': 3, 'ai.response.providerMetadata': '{' }
    expect(usageOf(attributes, 'ai')).toEqual({ input: 3 })
  })
})

test.each<[string, Given, object | undefined]>([
  [
    'explicit',
    { 'langfuse.observation.cost_details': '{"input":0.1,"total":0.3,"bad":"x"}' },
    { input: 0.1, total: 0.3 },
  ],
  ['GenAI', { 'gen_ai.usage.cost': 0.25 }, { total: 0.25 }],
  ['OpenInference', { 'llm.cost.total': 0.5 }, { total: 0.5 }],
  ['text is no cost', { 'gen_ai.usage.cost': '0.25' }, undefined],
])('cost: %s', (_, attributes, expected) => {
  expect(observe({ attributes }).cost).toEqual(expected)
})
