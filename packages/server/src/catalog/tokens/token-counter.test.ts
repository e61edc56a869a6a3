import { describe, expect, test } from 'vitest'
import type { Model, TokenizerConfig } from '#domain/model.ts'
import { encodingOf } from './encodings.ts'
import { createTokenCounter } from './token-counter.ts'

const counter = createTokenCounter()

const model = (tokenizerConfig: TokenizerConfig | undefined, tokenizerId = 'openai'): Model => ({
  id: 'm',
  projectId: undefined,
  modelName: 'm',
  matchPattern: '^m$',
  startDate: undefined,
  unit: undefined,
  tokenizerId,
  tokenizerConfig,
  tiers: [],
  createdAt: 0,
  updatedAt: 0,
})

const gpt35 = model({ tokenizerModel: 'gpt-3.5-turbo', tokensPerMessage: 3, tokensPerName: 1 })
const gpt4o = model({ tokenizerModel: 'gpt-4o', tokensPerMessage: 3, tokensPerName: 1 })
const instruct = model({ tokenizerModel: 'gpt-3.5-turbo-instruct' })

/** Bytes without a pattern that a compressor would see. */
const noise = (length: number) => Buffer.from(Array.from({ length }, (_, n) => (n * n * 31 + n * 7) >> 3))

describe('token counter', () => {
  test.each([
    ['prompt of the contract', gpt35, 'This is a great prompt', 5],
    ['answer of the contract', gpt35, 'This is a great gpt output', 7],
    ['object of the contract', gpt35, '{"key":"value"}', 5],
    ['object with spaces counts as compact JSON', gpt35, '{ "key": "value" }', 5],
    ['JSON string counts by its characters', gpt35, '"This is a great prompt"', 5],
    ['special tokens are allowed', gpt35, 'a<|endoftext|>', 2],
    ['number', gpt35, '42', 1],
    ['chat: 3 + (3 + user + hi)', gpt35, '[{"role":"user","content":"hi"}]', 8],
    ['chat with a name: 1 + its tokens', gpt35, '[{"role":"user","content":"hi","name":"bob"}]', 10],
    ['chat fields of the client do not count', gpt35, '[{"role":"user","content":"hi","id":"a b c"}]', 8],
    ['two messages', gpt4o, '[{"role":"user","content":"hi"},{"role":"assistant","content":"hi"}]', 13],
    ['a model that takes no messages counts JSON', instruct, '[{"role":"user","content":"hi"}]', 11],
    ['parts instead of text are not chat', gpt4o, '[{"role":"user","content":[]}]', 9],
    ['nothing', gpt35, undefined, undefined],
    ['null', gpt35, 'null', undefined],
    ['empty text', gpt35, '', undefined],
    ['empty list', gpt35, '[]', undefined],
    ['Claude', model(undefined, 'claude'), 'text', undefined],
    ['no tokenizer model', model({}), 'text', undefined],
    ['unknown tokenizer model', model({ tokenizerModel: 'gemma' }), 'text', undefined],
  ])('%s', (...[, priced, payload, expected]) => {
    expect(counter.count(priced, payload)).toBe(expected)
  })

  test('nesting without end counts as text', () => {
    const nested = (depth: number) => `${'[ '.repeat(depth)}${']'.repeat(depth)}`
    expect(counter.count(gpt35, nested(600))).toBeGreaterThan(600)
    expect(() => counter.count(gpt35, nested(200_000))).not.toThrow()
  })

  test('a tool call counts as JSON', () => {
    const call = { name: 'f', arguments: '{}' }
    const text = counter.count(gpt35, JSON.stringify(call)) ?? 0
    expect(counter.count(gpt35, JSON.stringify([{ role: 'a', content: '', tool_calls: call }]))).toBe(3 + 3 + 1 + text)
  })

  test.each([
    ['a megabyte of prose', 'The quick brown fox, 12345 jumps. '.repeat(30_000), true],
    ['half a megabyte of base64', noise(400_000).toString('base64'), true],
    ['one word of a megabyte', 'a'.repeat(1_000_000), false],
    ['a megabyte of spaces', ' '.repeat(1_000_000), false],
    ['a long run of Chinese', '这'.repeat(30_000), false],
    ['words that are each too long', `${'a'.repeat(900)} `.repeat(1_000), false],
    ['three megabytes', 'word '.repeat(600_000), false],
  ])('comes to an end for %s', (...[, text, isCounted]) => {
    expect(counter.count(gpt4o, text) !== undefined).toBe(isCounted)
  })

  test.each([
    ['gpt-4o-mini-2024-07-18', 'o200k_base'],
    ['o1-mini', 'o200k_base'],
    ['gpt-4.1', 'o200k_base'],
    ['gpt-5.6-luna', 'o200k_base'],
    ['gpt-4-0613', 'cl100k_base'],
    ['gpt-3.5-turbo-0301', 'cl100k_base'],
    ['ft:gpt-3.5-turbo-0125:org::id', 'cl100k_base'],
    ['text-embedding-3-small', 'cl100k_base'],
    ['babbage-002', 'cl100k_base'],
    ['text-davinci-003', 'p50k_base'],
    ['text-davinci-001', 'r50k_base'],
    ['davinci', 'r50k_base'],
    ['claude-3', undefined],
    ['constructor', undefined],
  ])('%s is encoded with %s', (name, expected) => {
    expect(encodingOf(name)).toBe(expected)
  })

  test.each(['p50k_base', 'r50k_base'])('%s counts too', (encoding) => {
    const tokenizerModel = encoding === 'p50k_base' ? 'text-davinci-003' : 'davinci'
    expect(counter.count(model({ tokenizerModel }), 'This is a great prompt')).toBe(5)
  })
})
