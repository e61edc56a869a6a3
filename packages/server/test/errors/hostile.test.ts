/**
 * Requests that are valid and yet meant, or unlucky enough, to do harm: each is answered soon, costs
 * no more memory than it brings, and loses no other record (DESIGN §5). The limit of a test's time is
 * what says soon: work that grows with the square of its input would not end within it.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { at, event, openWorld, type World } from '../matrix/world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world?.close())

const many = <T>(length: number, make: (index: number) => T): T[] => Array.from({ length }, (_, index) => make(index))

/** So many lists in one another. */
const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)

describe('a storm on one record', () => {
  test('10000 events, each with metadata and a tag of its own', async () => {
    await world.accept(
      ...many(10_000, (index) =>
        event('trace-create', { id: 'storm', tags: [`t${index}`], metadata: { [`k${index}`]: index } }),
      ),
    )
    const trace = Object(await world.trace('storm'))
    expect([trace.tags.length, Object.keys(trace.metadata).length]).toEqual([10_000, 10_000])
  })

  test('the same again, over what is stored', async () => {
    await world.accept(
      ...many(2000, (index) =>
        event('trace-create', { id: 'storm', metadata: { again: index } }, { timestamp: at(1) }),
      ),
    )
    expect(Object(await world.trace('storm')).metadata).toMatchObject({ k0: 0, k9999: 9999, again: 1999 })
  })

  test('2000 observations of one trace, each changed twice', async () => {
    const ids = many(2000, (index) => `step-${index}`)
    await world.accept(
      ...ids.map((id) => event('span-create', { id, traceId: 'wide', metadata: { a: id } })),
      ...ids.map((id) => event('span-update', { id, metadata: { b: id } })),
    )
    const { observations } = Object(await world.trace('wide'))
    expect(observations).toHaveLength(2000)
    expect(observations[0].metadata).toEqual({ a: observations[0].id, b: observations[0].id })
  })
})

describe('a small export that asks for much', () => {
  const spans = (length: number) =>
    many(length, (index) => ({ traceId: 'amplified', spanId: `amplified-${index}`, name: 's' }))
  const resource = { attributes: [{ key: 'k', value: { stringValue: 'x'.repeat(200_000) } }] }

  test('a large resource over many spans is a 413, and nothing of it stored', async () => {
    const before = process.memoryUsage.rss()
    const body = { resourceSpans: [{ resource, scopeSpans: [{ spans: spans(1000) }] }] }
    const answer = await world.send('POST', '/v1/traces', { body })
    expect([answer.status, await answer.json()]).toEqual([
      413,
      { error: expect.stringContaining('send fewer spans a request') },
    ])
    expect(process.memoryUsage.rss() - before).toBeLessThan(500_000_000)
    expect((await world.send('GET', '/api/public/traces/amplified')).status).toBe(404)
  })

  test('a large resource over many empty scopes costs nothing', async () => {
    const body = { resourceSpans: [{ resource, scopeSpans: many(100_000, () => ({})) }] }
    expect((await world.send('POST', '/v1/traces', { body })).status).toBe(200)
  })
})

describe('text that nests without end', () => {
  test.each([513, 100_000])('%d lists in every attribute, and the span is still there', async (depth) => {
    const value = nested(depth)
    const id = `deep-${depth}`
    await world.export({
      spans: [
        {
          traceId: id,
          spanId: id,
          attributes: {
            'langfuse.observation.type': 'generation',
            'langfuse.observation.model.name': 'gpt-4',
            'langfuse.observation.input': value,
            'langfuse.observation.output': `{"tool_calls":[{"name":"f","arguments":${value}}]}`,
            'langfuse.observation.metadata': `{"m":${value}}`,
            'langfuse.observation.metadata.k': value,
            'langfuse.observation.metadata.tools': `[{"type":"function","name":"f","parameters":${value}}]`,
            'langfuse.observation.model.parameters': `{"p":${value}}`,
            'langfuse.observation.usage_details': value,
            'langfuse.observation.cost_details': value,
            'langfuse.trace.metadata.k': value,
            'langfuse.trace.tags': value,
            'langfuse.experiment.metadata': `{"m":${value}}`,
            'gen_ai.tool.definitions': value,
            'gen_ai.system_instructions': value,
          },
        },
      ],
    })
    await world.accept(event('generation-update', { id, metadata: { late: 1 } }))
    expect(await world.observation(id)).toMatchObject({ type: 'GENERATION', traceId: id, metadata: { late: 1 } })
    expect(await world.trace(id)).toMatchObject({ observations: [{ id }] })
    const listed = await world.get(`/api/public/v2/observations?traceId=${id}&fields=metadata,io`)
    expect(listed).toMatchObject({ data: [{ id, input: value }] })
  })
})

describe('very many of what is usually few', () => {
  test('10000 scores that each name another configuration', async () => {
    const body = many(10_000, (index) => ({ traceId: 't', name: 'n', value: 1, configId: `none-${index}` }))
    expect((await world.send('POST', '/api/public/scores', { body })).status).toBe(202)
  })

  test('1000 generations that each name another model', async () => {
    const id = (index: number) => `model-${index}`
    await world.accept(
      ...many(1000, (index) => event('generation-create', { id: id(index), traceId: 'models', model: id(index) })),
    )
    expect(await world.observation(id(999))).toMatchObject({ model: id(999), modelId: null })
  })

  test('10000 kinds of usage and as many tools', async () => {
    const usageDetails = Object.fromEntries(many(10_000, (index) => [`kind-${index}`, 1]))
    const tools = many(10_000, (index) => ({ type: 'function', name: `tool-${index}`, description: 'd' }))
    await world.accept(event('generation-create', { id: 'kinds', usageDetails, input: { tools } }))
    expect(await world.observation('kinds')).toMatchObject({ usageDetails: { 'kind-9999': 1, total: 10_000 } })
  })

  test('a number of 100000 digits, and text full of quotes', async () => {
    const digits = '7'.repeat(100_000)
    const quotes = '"\\'.repeat(100_000)
    const body = `{"batch":[{"id":"e","type":"span-create","timestamp":"${at(0)}","body":{"id":"long","input":{"n":${digits},"q":${JSON.stringify(quotes)}}}}]}`
    expect((await world.send('POST', '/api/public/ingestion', { body })).status).toBe(207)
    const answer = await world.send('GET', '/api/public/observations/long')
    expect(await answer.text()).toContain(`"input":{"n":${digits},"q":${JSON.stringify(quotes)}}`)
  })
})
