import { describe, expect, test } from 'vitest'
import { RECEIVED_AT, testContext } from '#ingest/context.fixture.ts'
import { changesOf, observations, SENT_AT } from './batch.fixture.ts'

const observationOf = (type: string, body: object) => observations(changesOf(type, { id: 'o', ...body }))[0]

describe('observations', () => {
  test.each([
    ['span-create', 'SPAN'],
    ['span-update', 'SPAN'],
    ['event-create', 'EVENT'],
    ['generation-create', 'GENERATION'],
    ['generation-update', 'GENERATION'],
    ['agent-create', 'AGENT'],
    ['tool-create', 'TOOL'],
    ['chain-create', 'CHAIN'],
    ['retriever-create', 'RETRIEVER'],
    ['evaluator-create', 'EVALUATOR'],
    ['embedding-create', 'EMBEDDING'],
    ['guardrail-create', 'GUARDRAIL'],
  ])('%s makes a %s', (type, expected) => {
    const change = observationOf(type, { traceId: 't' })
    expect(change?.type).toBe(expected)
    expect(Boolean(change?.isUpdate)).toBe(type.endsWith('update'))
  })

  test.each(['GENERATION', 'SPAN', 'EVENT'])(
    'observation-create says %s in its body and has no environment',
    (type) => {
      const change = observationOf('observation-create', { type, environment: 'prod' })
      expect(change?.type).toBe(type)
      expect(change).not.toHaveProperty('environment')
    },
  )

  test('a generation carries what was sent', () => {
    const change = observationOf('generation-create', {
      traceId: 't',
      name: 'llm',
      startTime: '2026-01-01T00:00Z',
      endTime: '2026-01-01T00:00:02Z',
      completionStartTime: '2026-01-01T00:00:01Z',
      parentObservationId: 'parent',
      environment: 'prod',
      level: 'WARNING',
      statusMessage: 'slow',
      version: '1',
      model: 'gpt-4o',
      modelParameters: { temperature: 0, stop: ['a', 'b'], max_tokens: 'inf', stream: true, x: null },
      input: [{ role: 'user' }],
      output: 'hi',
      metadata: { a: 1 },
      usage: { input: 1, output: 2, unit: 'TOKENS', totalCost: 0.5 },
      promptName: 'p',
      promptVersion: 3,
    })
    expect(change).toEqual({
      kind: 'observation',
      projectId: 'p',
      id: 'o',
      at: SENT_AT,
      receivedAt: RECEIVED_AT,
      origin: testContext().origin,
      traceId: 't',
      type: 'GENERATION',
      name: 'llm',
      startTime: BigInt(Date.UTC(2026, 0, 1)) * 1_000_000n,
      endTime: BigInt(Date.UTC(2026, 0, 1, 0, 0, 2)) * 1_000_000n,
      completionStartTime: BigInt(Date.UTC(2026, 0, 1, 0, 0, 1)) * 1_000_000n,
      parentObservationId: 'parent',
      environment: 'prod',
      level: 'WARNING',
      statusMessage: 'slow',
      version: '1',
      model: 'gpt-4o',
      modelParameters: '{"temperature":0,"stop":["a","b"],"max_tokens":"inf","stream":true,"x":null}',
      input: '[{"role":"user"}]',
      output: 'hi',
      metadata: '{"a":1}',
      usage: { input: 1, output: 2 },
      cost: { total: 0.5 },
      promptName: 'p',
      promptVersion: 3,
    })
  })

  test('an event has no end', () => {
    expect(observationOf('event-create', { endTime: '2026-01-01T00:00:02Z' })).not.toHaveProperty('endTime')
  })

  test('null clears name, model and level; it says nothing of the rest', () => {
    const nulls = { name: null, model: null, level: null }
    const silent = {
      statusMessage: null,
      parentObservationId: null,
      version: null,
      endTime: null,
      completionStartTime: null,
      modelParameters: null,
      usage: null,
      usageDetails: null,
      costDetails: null,
      promptName: null,
      promptVersion: null,
    }
    const change = observationOf('generation-update', { ...nulls, ...silent })
    expect(change).toMatchObject(nulls)
    for (const key of [...Object.keys(silent), 'cost']) expect(change).not.toHaveProperty(key)
  })

  test.each<[string, object, object | undefined, object | undefined]>([
    ['a fraction in usageDetails is dropped', { usageDetails: { key: 0.1 } }, undefined, undefined],
    ['a unit says nothing', { usage: { input: 1, output: 2, unit: 'IMAGES' } }, { input: 1, output: 2 }, undefined],
    [
      'usageDetails are laid over usage',
      { usage: { input: 1, output: 2, total: 3 }, usageDetails: { cached: 1 } },
      { input: 1, output: 2, total: 3, cached: 1 },
      undefined,
    ],
    [
      'details win',
      { usage: { input: 1 }, usageDetails: { input: 2 }, costDetails: { input: 3 } },
      { input: 2 },
      { input: 3 },
    ],
    [
      'nulls are dropped',
      { usageDetails: { input: 1, output: null }, costDetails: { input: 123, output: null } },
      { input: 1 },
      { input: 123 },
    ],
    [
      'token names win and drop the costs',
      { usage: { promptTokens: 1, completionTokens: 2, totalTokens: 3, inputCost: 9 } },
      { input: 1, output: 2, total: 3 },
      undefined,
    ],
    ['empty usage says nothing', { usage: {}, usageDetails: {}, costDetails: {} }, undefined, undefined],
    [
      'an OpenAI completion',
      {
        usageDetails: {
          prompt_tokens: 5,
          completion_tokens: 11,
          total_tokens: 16,
          prompt_tokens_details: { cached_tokens: 2, audio_tokens: 3 },
          completion_tokens_details: { text_tokens: 3, audio_tokens: 4, reasoning_tokens: 4 },
        },
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
      undefined,
    ],
  ])('usage: %s', (...[, body, usage, cost]) => {
    const change = observationOf('generation-create', body)
    expect(change?.usage).toEqual(usage)
    expect(change?.cost).toEqual(cost)
  })

  test('a prompt version that no prompt can have links nothing', () => {
    expect(observationOf('generation-create', { promptName: 'p', promptVersion: 2 ** 40 })).not.toHaveProperty(
      'promptName',
    )
  })
})
