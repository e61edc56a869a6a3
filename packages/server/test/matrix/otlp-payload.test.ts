/** What spans carry: rows 61-70 and 78 of the matrix in langfuse-ingestion contract §9. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ExportSample, SpanSample } from '#ingest/otlp/otlp-request.fixture.ts'
import type { Value } from '#ingest/otlp/otlp-request.ts'
import { type ExportOptions, having, openWorld, type World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world?.close())

type Given = Readonly<Record<string, Value>>
type Around = Omit<ExportSample, 'spans'> & ExportOptions & Pick<SpanSample, 'events'>

/** Exports one span and reads the observation that it became. */
async function observe(id: string, attributes: Given, around: Around = {}): Promise<unknown> {
  const { events = [], ...sample } = around
  await world.export({ ...sample, spans: [{ traceId: `trace of ${id}`, spanId: id, attributes, events }] }, around)
  return await world.observation(id)
}

const message = (role: string, content: string) => ({ role, parts: [{ type: 'text', content }] })

describe.concurrent('the matrix: usage of spans', () => {
  test.each<[string, Given, string, object]>([
    [
      'row 61: cache tokens leave the input, the total stays as sent',
      {
        'gen_ai.usage.input_tokens': 100,
        'gen_ai.usage.output_tokens': 5,
        'gen_ai.usage.total_tokens': 105,
        'gen_ai.usage.cache_read.input_tokens': 20,
        'gen_ai.usage.cache_creation.input_tokens': 10,
      },
      'any',
      { input: 70, output: 5, total: 105, input_cached_tokens: 20, input_cache_creation: 10 },
    ],
    [
      'row 62: an explicit 0 shadows later names',
      {
        'gen_ai.usage.input_tokens': 100,
        'gen_ai.usage.cache_read.input_tokens': 0,
        'gen_ai.usage.cache_read_input_tokens': 20,
      },
      'any',
      { input: 100, input_cached_tokens: 0, total: 100 },
    ],
    [
      'row 63: the Vercel AI SDK with Anthropic',
      {
        'ai.operationId': 'ai.generateText.doGenerate',
        'gen_ai.request.model': 'claude',
        'gen_ai.usage.input_tokens': 18_495,
        'gen_ai.usage.output_tokens': 11,
        'ai.usage.cachedInputTokens': 16_399,
        'ai.response.providerMetadata': JSON.stringify({
          anthropic: {
            usage: {
              cache_creation_input_tokens: 2089,
              cache_read_input_tokens: 16_399,
              cache_creation: { ephemeral_5m_input_tokens: 2089, ephemeral_1h_input_tokens: 0 },
            },
          },
        }),
      },
      'ai',
      {
        input: 7,
        output: 11,
        input_cached_tokens: 16_399,
        input_cache_creation: 0,
        input_cache_creation_5m: 2089,
        input_cache_creation_1h: 0,
        total: 18_506,
      },
    ],
    [
      'row 64: more reasoning than output',
      { 'gen_ai.usage.output_tokens': 5, 'gen_ai.usage.reasoning.output_tokens': 9 },
      'any',
      { output: 0, output_reasoning_tokens: 9, total: 9 },
    ],
    [
      'row 64: reasoning alone',
      { 'gen_ai.usage.reasoning.output_tokens': 9 },
      'any',
      { output_reasoning_tokens: 9, total: 9 },
    ],
  ])('%s', async (...[name, attributes, scope, usageDetails]) => {
    expect(await observe(name, attributes, { scope })).toEqual(having({ usageDetails }))
  })
})

describe.concurrent('the matrix: input and output of spans', () => {
  test('row 65: a message far out of range is dropped', async () => {
    const attributes = { 'gen_ai.prompt.0.content': 'hi', 'gen_ai.prompt.10001.content': 'far' }
    expect(await observe('row 65', attributes)).toEqual(having({ input: [{ content: 'hi' }] }))
  })

  test('row 66: no attribute reaches a prototype', async () => {
    const attributes = {
      'gen_ai.prompt.__proto__.polluted': 'x',
      'gen_ai.prompt.0.constructor.prototype.polluted': 'y',
    }
    await observe('row 66', attributes)
    expect(Reflect.get({}, 'polluted')).toBeUndefined()
  })

  test.each([
    ['without a system message', [message('user', 'hi')], 2],
    ['with one', [message('system', 'be kind'), message('user', 'hi')], 2],
  ])('row 67: system instructions %s are there once', async (name, messages, count) => {
    const observation = await observe(`row 67 ${name}`, {
      'gen_ai.input.messages': JSON.stringify(messages),
      'gen_ai.system_instructions': JSON.stringify([{ type: 'text', content: 'be brief' }]),
    })
    expect(observation).toMatchObject({ input: [{ role: 'system' }, { role: 'user' }] })
    expect(observation).toHaveProperty('input.length', count)
  })

  const tool = { name: 'look', description: 'looks', parameters: { type: 'object' } }
  test.each<[string, string, Given]>([
    [
      'Vercel',
      'ai',
      {
        'ai.operationId': 'ai.generateText.doGenerate',
        'ai.prompt.messages': JSON.stringify([{ role: 'user', content: 'hi' }]),
        'ai.prompt.tools': [JSON.stringify({ type: 'function', ...tool })],
      },
    ],
    [
      'OTel',
      'any',
      {
        'gen_ai.input.messages': JSON.stringify([{ role: 'user', content: 'hi' }]),
        'gen_ai.tool.definitions': JSON.stringify([{ type: 'function', ...tool }]),
      },
    ],
  ])('row 68: tools among the attributes of %s move into the input', async (name, scope, attributes) => {
    const id = `row 68 ${name}`
    const observation = await observe(id, attributes, { scope })
    expect(observation).toMatchObject({
      input: { messages: [{ role: 'user', content: 'hi' }], tools: [expect.anything()] },
    })
    expect(JSON.stringify(Object(observation).metadata)).not.toContain('look')
    const filter = [
      { type: 'arrayOptions', column: 'toolNames', operator: 'any of', value: ['look'] },
      { type: 'string', column: 'id', operator: '=', value: id },
    ]
    const listed = await world.get(`/api/public/observations?filter=${encodeURIComponent(JSON.stringify(filter))}`)
    expect(listed).toMatchObject({ data: [{ id }] })
    expect(await world.stored('observations', id)).toMatchObject({
      tool_definitions: { look: JSON.stringify({ description: 'looks', parameters: '{"type":"object"}' }) },
    })
  })
})

describe.concurrent('the matrix: metadata of spans', () => {
  test.each<[string, Value, object]>([
    ['text that is no JSON', 'not json', { metadata: 'not json' }],
    ['a JSON string', '"5"', { metadata: '5' }],
    ['false', false, {}],
  ])('row 69: %s as the whole metadata', async (name, value, expected) => {
    const around = { scope: 'langfuse-sdk', scopeVersion: '4' }
    const observation = await observe(`row 69 ${name}`, { 'langfuse.observation.metadata': value }, around)
    const scope = { name: 'langfuse-sdk', version: '4', attributes: {} }
    expect(observation).toEqual(having({ metadata: { resourceAttributes: {}, scope, ...expected } }))
  })

  test('row 70: the metadata of an experiment is flat text, dotted keys win, a version that is no date is dropped', async () => {
    const prefix = 'langfuse.experiment'
    await observe('row 70', {
      [`${prefix}.id`]: 'run-1',
      [`${prefix}.name`]: 'run',
      [`${prefix}.item.id`]: 'item-1',
      [`${prefix}.item.version`]: 'v1',
      [`${prefix}.metadata`]: '{"a":1,"b":{"c":true,"d":[1]}}',
      [`${prefix}.metadata.a`]: 'dotted',
      [`${prefix}.item.metadata`]: '{"k":7}',
    })
    const filter = [{ type: 'string', column: 'experimentId', operator: '=', value: 'run-1' }]
    const listed = await world.get(`/api/public/v2/observations?filter=${encodeURIComponent(JSON.stringify(filter))}`)
    expect(listed).toMatchObject({ data: [{ id: 'row 70' }] })
    expect(await world.stored('observations', 'row 70')).toMatchObject({
      experiment_name: 'run',
      experiment_item_id: 'item-1',
      experiment_item_version: '',
      experiment_metadata: '{"a":"dotted","b.c":"true","b.d":"[1]"}',
      experiment_item_metadata: '{"k":"7"}',
    })
  })

  test('row 78: explicit model parameters lie over the fixed keys of the Vercel AI SDK', async () => {
    const observation = await observe(
      'row 78',
      {
        'langfuse.observation.model.parameters': '{"temperature":0.5,"own":true}',
        'ai.settings.maxRetries': 2,
        'ai.response.providerMetadata': '{"openai":{"serviceTier":"flex"}}',
      },
      { scope: 'ai' },
    )
    expect(observation).toMatchObject({ modelParameters: { temperature: 0.5, own: 'true', service_tier: 'flex' } })
    expect(Object.keys(Object(observation).modelParameters)).toContain('maxRetries')
  })
})

describe.concurrent('§10.3: metadata of the newer Python SDK is JSON text, of the older one plain', () => {
  const attributes = {
    'langfuse.observation.metadata.quoted': '"123"',
    'langfuse.observation.metadata.bare': '123',
    'langfuse.observation.metadata.nested': '{"a":[1,null]}',
    'langfuse.observation.metadata.langfuse_session_id': '"sx"',
  }
  test.each([
    ['python/5.0.4', 'sx', { quoted: '123', bare: 123, nested: { a: [1, null] } }],
    ['python/4.18.0', '"sx"', { quoted: '"123"', bare: 123, nested: { a: [1, null] } }],
  ])('%s', async (sdk, sessionId, metadata) => {
    expect(await observe(`§10.3 ${sdk}`, attributes, { sdk })).toMatchObject({ metadata })
    expect(await world.trace(`trace of §10.3 ${sdk}`)).toMatchObject({ sessionId })
  })
})
