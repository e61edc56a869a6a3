import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { projectId } from '#domain/ids.ts'
import { createModelMatcher } from './model-matcher.ts'
import { compilePattern } from './model-pattern.ts'
import { buildBuiltinModels } from './models/builtin.ts'
import { tiersFault } from './tier-rules.ts'

const builtin = buildBuiltinModels()
const matcher = createModelMatcher({ builtin, ownModels: async () => [] })
const find = (name: string) => matcher.find(projectId('p'), name)

/** What the standard tier, or the one of that name, asks for a million units. */
async function perMillion(name: string, usageType: string, tierName = 'Standard'): Promise<number | undefined> {
  const tier = (await find(name))?.tiers.find((each) => each.name === tierName)
  const price = tier?.prices[usageType]
  return price === undefined ? undefined : Number((price * 1e6).toPrecision(10))
}

describe('built-in models', () => {
  test('are many, have ids of their own, patterns that compile and lawful tiers', () => {
    expect(builtin.length).toBeGreaterThan(500)
    expect(new Set(builtin.map(({ id }) => id)).size).toBe(builtin.length)
    for (const model of builtin) {
      expect(model.matchPattern.startsWith('(?i)^')).toBe(true)
      expect(() => compilePattern(model.matchPattern)).not.toThrow()
      expect([model.id, tiersFault(model.tiers)]).toEqual([model.id, undefined])
      expect(model.id).toMatch(/^[a-z0-9.-]+$/)
    }
  })

  test('are what the script makes of the installed prices', { timeout: 60_000 }, () => {
    const root = join(import.meta.dirname, '../../../..')
    const script = join(root, 'scripts/refresh-models.ts')
    const run = spawnSync(process.execPath, ['--import', 'tsx', script, '--check'], { cwd: root, encoding: 'utf8' })
    expect([run.status, run.stderr]).toEqual([0, ''])
  })

  test.each([
    ['openai-gpt-3.5-turbo', ['gpt-3.5-turbo', 'gpt-3.5-turbo-0125', 'gpt-35-turbo', 'GPT-3.5-turbo']],
    ['openai-gpt-3.5-turbo-instruct', ['gpt-3.5-turbo-instruct', 'gpt-3.5-turbo-instruct-0914']],
    ['openai-gpt-3.5-turbo-1106', ['gpt-3.5-turbo-1106']],
    ['openai-ft-gpt-3.5-turbo-', ['ft:gpt-3.5-turbo-0125:org::id']],
    ['openai-gpt-4', ['gpt-4', 'gpt-4-0613', 'azure/gpt-4']],
    ['openai-gpt-4-turbo', ['gpt-4-turbo', 'gpt-4-turbo-2024-04-09', 'gpt-4-1106-preview']],
    ['openai-gpt-4o', ['gpt-4o', 'gpt-4o-2024-08-06', 'openai/gpt-4o', 'openai:gpt-4o', 'openrouter/openai/gpt-4o']],
    ['openai-gpt-4o-2024-05-13', ['gpt-4o-2024-05-13']],
    ['openai-gpt-4o-mini', ['gpt-4o-mini', 'gpt-4o-mini-2024-07-18']],
    ['openai-o3-mini', ['o3-mini', 'o3-mini-2025-01-31']],
    ['openai-text-embedding-3-small', ['text-embedding-3-small', 'openai/text-embedding-3-small']],
    ['openai-text-embedding-ada-002', ['text-embedding-ada-002']],
    [
      'anthropic-claude-3-5-sonnet',
      ['claude-3-5-sonnet-20241022', 'claude-3-5-sonnet@20240620', 'anthropic/claude-3.5-sonnet'],
    ],
    ['anthropic-claude-3-opus-latest', ['claude-3-opus-20240229']],
    ['anthropic-claude-3-haiku', ['claude-3-haiku-20240307']],
    ['anthropic-claude-sonnet-4-0', ['claude-sonnet-4-20250514', 'vertex_ai/claude-sonnet-4@20250514']],
    ['anthropic-claude-sonnet-4-5', ['claude-sonnet-4-5-20250929']],
    [
      'aws-regional.anthropic.claude-3-5-sonnet-20241022-v2-0',
      ['us.anthropic.claude-3-5-sonnet-20241022-v2:0', 'bedrock/anthropic.claude-3-5-sonnet-20241022-v2:0'],
    ],
    ['aws-global.anthropic.claude-sonnet-4-5-20250929-v1-0', ['global.anthropic.claude-sonnet-4-5-20250929-v1:0']],
    ['aws-amazon.nova-pro-v1-0', ['amazon.nova-pro-v1:0', 'us.amazon.nova-pro-v1:0', 'bedrock/amazon.nova-pro-v1:0']],
    ['aws-meta.llama3-3-70b-instruct-v1-0', ['us.meta.llama3-3-70b-instruct-v1:0']],
    [
      'google-gemini-2.5-pro',
      [
        'gemini-2.5-pro',
        'models/gemini-2.5-pro',
        'google-gla:gemini-2.5-pro',
        'projects/p/locations/l/publishers/google/models/gemini-2.5-pro',
      ],
    ],
    ['google-gemini-1.5-pro', ['gemini-1.5-pro', 'gemini-1.5-pro-002']],
    ['mistral-mistral-large', ['mistral-large-latest', 'mistral/mistral-large-2411']],
    ['deepseek-deepseek-chat', ['deepseek-chat', 'deepseek/deepseek-chat']],
    ['x-ai-grok-4-0709', ['grok-4', 'xai/grok-4', 'x-ai/grok-4']],
    ['cohere-command-r-plus', ['command-r-plus', 'cohere/command-r-plus-08-2024']],
    ['groq-llama-3.3-70b-versatile', ['llama-3.3-70b-versatile', 'groq/llama-3.3-70b-versatile']],
    [
      'together-meta-llama-llama-3.3-70b-instruct-turbo',
      ['meta-llama/Llama-3.3-70B-Instruct-Turbo', 'together_ai/meta-llama/Llama-3.3-70B-Instruct-Turbo'],
    ],
    ['openrouter-qwen-qwen-max', ['qwen-max', 'qwen/qwen-max', 'dashscope/qwen-max']],
    ['openrouter-meta-llama-llama-3.3-70b-instruct', ['openrouter/meta-llama/llama-3.3-70b-instruct']],
  ])('%s is found by %j', async (id, names) => {
    for (const name of names) expect([name, (await find(name))?.id]).toEqual([name, id])
  })

  test.each([
    'my-gpt-4',
    'gpt-4-of-mine',
    'llama3',
    'mistral',
    'Qwen/Qwen2.5-7B-Instruct',
    '',
    'gpt-4\n',
    'x'.repeat(5_000),
  ])('nothing is guessed for %j', async (name) => {
    expect(await find(name)).toBeUndefined()
  })

  test.each([
    ['gpt-4', 'input', 30],
    ['gpt-4', 'output', 60],
    ['gpt-4o', 'input', 2.5],
    ['gpt-4o', 'output', 10],
    ['gpt-4o', 'output_reasoning_tokens', 10],
    ['gpt-4o-mini', 'input', 0.15],
    ['gpt-4o-mini', 'input_cache_read', 0.075],
    ['gpt-4o-mini', 'input_cached_tokens', 0.075],
    ['gpt-4o-mini', 'cache_read_input_tokens', 0.075],
    ['gpt-3.5-turbo-0125', 'output', 1.5],
    ['claude-sonnet-4-20250514', 'input_cache_creation', 3.75],
    ['claude-sonnet-4-20250514', 'cache_creation_input_tokens', 3.75],
    ['claude-sonnet-4-20250514', 'input_cache_creation_5m', 3.75],
    ['claude-sonnet-4-20250514', 'input_cache_creation_1h', 6],
    ['claude-sonnet-4-20250514', 'input_cache_read', 0.3],
    ['gemini-2.5-pro', 'thoughts_token_count', 10],
    ['gpt-4o-realtime-preview', 'input_audio_tokens', 40],
    ['gpt-4o-realtime-preview', 'output_audio', 80],
    ['text-embedding-3-small', 'total', 0.02],
    ['text-embedding-3-small', 'output', undefined],
    ['gpt-4o', 'total', undefined],
  ])('%s asks for a million of %s: %s', async (name, usageType, expected) => {
    expect(await perMillion(name, usageType)).toBe(expected)
  })

  test('a long context has a tier of its own', async () => {
    const [, large] = (await find('gemini-2.5-pro'))?.tiers ?? []
    expect(large?.conditions).toEqual([{ usageDetailPattern: '(input|prompt|cached)', operator: 'gt', value: 200_000 }])
    expect(await perMillion('gemini-2.5-pro', 'input', 'Large Context')).toBe(2.5)
    expect(await perMillion('gemini-2.5-pro', 'output', 'Large Context')).toBe(15)
    expect(await perMillion('gemini-2.5-pro', 'input_cache_read', 'Large Context')).toBe(0.25)
  })

  test.each([
    ['gpt-3.5-turbo', 'openai', { tokenizerModel: 'gpt-3.5-turbo', tokensPerMessage: 3, tokensPerName: 1 }],
    ['gpt-3.5-turbo-0301', 'openai', { tokenizerModel: 'gpt-3.5-turbo-0301', tokensPerMessage: 4, tokensPerName: -1 }],
    ['gpt-4o-mini', 'openai', { tokenizerModel: 'gpt-4o', tokensPerMessage: 3, tokensPerName: 1 }],
    ['text-embedding-3-small', 'openai', { tokenizerModel: 'text-embedding-ada-002' }],
    ['claude-3-haiku-20240307', 'claude', undefined],
    ['gemini-2.5-pro', undefined, undefined],
  ])('tokens of %s are counted by %s', async (name, tokenizerId, tokenizerConfig) => {
    expect(await find(name)).toMatchObject({ tokenizerId, tokenizerConfig })
  })
})
