/** What real clients rely on: the twelve facts of langfuse-ingestion contract §11. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { exportOf, toOtlpJson } from '#ingest/otlp/otlp-request.fixture.ts'
import type { Value } from '#ingest/otlp/otlp-request.ts'
import { event, having, openWorld, type World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world?.close())

async function generate(id: string, body: object): Promise<unknown> {
  await world.accept(event('generation-create', { id, traceId: id, ...body }))
  return await world.observation(id)
}

async function observe(id: string, attributes: Readonly<Record<string, Value>>): Promise<unknown> {
  await world.export({ spans: [{ traceId: `trace of ${id}`, spanId: id, attributes }] })
  return await world.observation(id)
}

describe.concurrent('facts', () => {
  test('fact 1: model parameters of an event come back as sent', async () => {
    const modelParameters = { temperature: 0, stop: ['a', 'b'], max_tokens: 'inf', stream: true }
    expect(await generate('fact 1', { modelParameters })).toEqual(having({ modelParameters }))
  })

  test('fact 1: of a span numbers stay numbers, flags and lists are text', async () => {
    const parameters = JSON.stringify({ temperature: 0, stop: ['a', 'b'], stream: true })
    expect(await observe('fact 1 span', { 'langfuse.observation.model.parameters': parameters })).toEqual(
      having({ modelParameters: { temperature: 0, stop: '["a","b"]', stream: 'true' } }),
    )
  })

  test('fact 2: cached input has its price, and the parts are the total', async () => {
    const usageDetails = { input: 1000, input_cache_read: 3000, output: 500 }
    const observation = await generate('fact 2', { model: 'gpt-4o-mini', usageDetails })
    const { input, input_cache_read, output, total } = Object(observation).costDetails
    expect(input_cache_read).toBeGreaterThan(0)
    expect(input + input_cache_read + output).toBeCloseTo(total, 8)
    const trace = await world.trace('fact 2')
    expect(trace).toMatchObject({
      totalCost: total,
      observations: [{ inputPrice: expect.any(Number), outputPrice: expect.any(Number) }],
    })
  })

  test.each([
    ['input_cached_tokens'],
    ['input_cache_read'],
    ['cache_read_input_tokens'],
    ['output_reasoning'],
    ['output_reasoning_tokens'],
  ])('fact 2: usage under the key %s is priced', async (key) => {
    const observation = await generate(`fact 2 ${key}`, {
      model: 'gpt-4o-mini',
      usageDetails: { input: 10, output: 10, [key]: 1000 },
    })
    expect(Object(observation).costDetails[key]).toBeGreaterThan(0)
  })

  test('fact 2: cache creation of Anthropic is priced', async () => {
    const observation = await generate('fact 2 creation', {
      model: 'claude-3-5-sonnet-20241022',
      usageDetails: { input: 10, output: 10, cache_creation_input_tokens: 1000, input_cache_creation: 1000 },
    })
    const { cache_creation_input_tokens, input_cache_creation } = Object(observation).costDetails
    expect(cache_creation_input_tokens).toBeGreaterThan(0)
    expect(input_cache_creation).toBe(cache_creation_input_tokens)
  })

  test.each([
    'gpt-3.5-turbo-0125',
    'gpt-3.5-turbo-instruct',
    'gpt-3.5-turbo',
    'gpt-4-0613',
    'gpt-4o-2024-08-06',
    'gpt-4o-mini-2024-07-18',
  ])('fact 3: %s is priced', async (model) => {
    const observation = await generate(`fact 3 ${model}`, { model, usage: { input: 1000, output: 1000 } })
    expect(Object(observation).calculatedTotalCost).toBeGreaterThan(0)
  })

  test('fact 4: a stream without usage has its tokens counted', async () => {
    const body = { model: 'gpt-3.5-turbo', input: [{ role: 'user', content: 'Hello there' }], output: 'General' }
    const { usage } = Object(await generate('fact 4', body))
    expect(usage.input).toBeGreaterThan(0)
    expect(usage.total).toBe(usage.input + usage.output)
  })

  test('fact 5: an embedding with a total alone reads 0 and not null', async () => {
    const body = { model: 'text-embedding-ada-002', usageDetails: { total: 12 } }
    const expected = { usage: { unit: 'TOKENS', input: 0, output: 0, total: 12 }, promptTokens: 0, totalTokens: 12 }
    expect(await generate('fact 5', body)).toEqual(having(expected))
  })

  test('fact 5: so does a failed generation', async () => {
    const usage = { unit: 'TOKENS', input: 0, output: 0, total: 0 }
    const observation = await generate('fact 5 error', { model: 'gpt-4', level: 'ERROR', input: 'hi' })
    expect(observation).toEqual(having({ usage }))
  })

  test('fact 6: scores in a trace have observationId and stringValue, be they null', async () => {
    const id = 'fact 6'
    await world.accept(event('trace-create', { id }), event('score-create', { id, traceId: id, name: 'n', value: 1 }))
    const [score] = Object(await world.trace(id)).scores
    expect(score).toEqual(having({ id, traceId: id, observationId: null, stringValue: null, comment: null }))
  })

  test.each([
    ['without details', {}],
    ['with details', { input_tokens_details: { cached_tokens: 0 }, output_tokens_details: { reasoning_tokens: 0 } }],
  ])('fact 7: usage of OpenAI responses %s', async (name, details) => {
    const counts = { input_tokens: 5, output_tokens: 7, total_tokens: 12 }
    const expected = { unit: 'TOKENS', input: 5, output: 7, total: 12 }
    const observation = await generate(`fact 7 ${name}`, { usageDetails: { ...counts, ...details } })
    expect(observation).toEqual(having({ usage: expected }))
    const attribute = JSON.stringify({ ...counts, ...details })
    expect(await observe(`fact 7 ${name} span`, { 'langfuse.observation.usage_details': attribute })).toEqual(
      having({ usage: expected }),
    )
  })

  test('fact 8: an output of no characters reads null', async () => {
    expect(await observe('fact 8', { 'langfuse.observation.output': '' })).toEqual(having({ output: null }))
  })

  test('fact 9: a cost with a total alone', async () => {
    const body = { model: 'gpt-4', usage: { input: 1, output: 1 }, costDetails: { total: 0.5 } }
    expect(await generate('fact 9', body)).toEqual(
      having({ calculatedTotalCost: 0.5, calculatedInputCost: null, calculatedOutputCost: null }),
    )
  })

  test.each([
    ['GET', '/api/public/projects', { message: expect.stringMatching(/^Invalid credentials\./) }],
    [
      'POST',
      '/api/public/ingestion',
      { error: 'UnauthorizedError', message: expect.stringMatching(/^Invalid credentials\./) },
    ],
  ])('fact 10: wrong keys at %s %s are a 401', async (method, path, body) => {
    const headers = { authorization: `Basic ${Buffer.from('pk-test:sk-wrong').toString('base64')}` }
    const answer = await world.send(method, path, { headers, ...(method === 'POST' && { body: { batch: [] } }) })
    expect([answer.status, await answer.json()]).toEqual([401, body])
  })

  test('fact 11: spans in a body without a Content-Length', async () => {
    const body = toOtlpJson(exportOf({ spans: [{ spanId: 'fact 11' }] }))
    const headers = { 'transfer-encoding': 'chunked' }
    expect((await world.send('POST', '/api/public/otel/v1/traces', { body, headers })).status).toBe(200)
    expect(await world.observation('fact 11')).toMatchObject({ name: 'span-0' })
  })

  test('fact 12: gen_ai.tool.* are name, input and output of a tool', async () => {
    const observation = await observe('fact 12', {
      'gen_ai.tool.name': 'get_weather',
      'gen_ai.tool.call.arguments': '{"city":"Zug"}',
      'gen_ai.tool.call.result': '"sunny"',
    })
    expect(observation).toMatchObject({
      type: 'TOOL',
      name: 'get_weather',
      input: { city: 'Zug' },
      output: 'sunny',
    })
  })
})
