import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { openTestApp, type TestApp } from '../support/app.ts'
import { asOther, OTHER_PROJECT } from '../support/call.ts'

const TRACE = '0af7651916cd43dd8448eb211c80319c'
const START = 1_760_000_000_123_456_789n

let app: TestApp

beforeAll(async () => {
  app = await openTestApp(OTHER_PROJECT)
  const sent = await app.send('POST', '/api/public/otel/v1/traces', { body: otlpOf(SPANS) })
  expect(sent.status).toBe(200)
  const taken = await app.send('POST', '/api/public/ingestion', { body: { batch: LEGACY } })
  expect(taken.status).toBe(207)
})

afterAll(async () => {
  await app?.close()
})

const text = (stringValue: string) => ({ stringValue })
const attributes = (values: Record<string, object>) => Object.entries(values).map(([key, value]) => ({ key, value }))

const SPANS = [
  {
    spanId: '00f067aa0ba902b1',
    name: 'answer',
    attributes: attributes({
      'langfuse.observation.type': text('agent'),
      'langfuse.trace.name': text('question of the day'),
      'langfuse.user.id': text('ada'),
      'langfuse.session.id': text('s-1'),
      'langfuse.trace.tags': { arrayValue: { values: [text('a'), text('b,c')] } },
      'langfuse.trace.public': { boolValue: true },
      'langfuse.trace.metadata.tier': text('gold'),
      'langfuse.trace.output': text('42'),
      'langfuse.environment': text('staging'),
      'langfuse.observation.input': text('{"n": 9007199254740993, "price": 1.10}'),
      'langfuse.observation.output': text('forty-two'),
      'langfuse.observation.metadata.deep': text('{"list": [1, null, "x"]}'),
      'my.own': { doubleValue: 0.5 },
    }),
  },
  {
    spanId: '00f067aa0ba902b2',
    parentSpanId: '00f067aa0ba902b1',
    name: 'chat gpt-4o',
    attributes: attributes({
      'gen_ai.operation.name': text('chat'),
      'gen_ai.request.model': text('gpt-4o'),
      'gen_ai.request.temperature': { doubleValue: 0.2 },
      'gen_ai.usage.input_tokens': { intValue: '120' },
      'gen_ai.usage.cache_read_input_tokens': { intValue: '100' },
      'gen_ai.usage.output_tokens': { intValue: 7 },
      'gen_ai.input.messages': text('[{"role":"user","parts":[{"type":"text","content":"hi"}]}]'),
      'langfuse.observation.completion_start_time': text('2025-10-09T08:53:20.223456789Z'),
      'langfuse.observation.prompt.name': text('plan'),
      'langfuse.observation.prompt.version': { intValue: 3 },
      'langfuse.observation.cost_details': text('{"input":0.1,"output":0.25}'),
    }),
  },
  {
    spanId: '00f067aa0ba902b3',
    parentSpanId: '00f067aa0ba902b2',
    name: 'execute_tool',
    status: { code: 2, message: 'The tool is gone' },
    attributes: attributes({
      'gen_ai.operation.name': text('execute_tool'),
      'gen_ai.tool.name': text('search'),
      'langfuse.experiment.id': text('run-1'),
      'langfuse.experiment.item.id': text('item-1'),
      'langfuse.experiment.metadata': text('{"a":{"b":1}}'),
    }),
  },
  {
    spanId: '00f067aa0ba902b4',
    parentSpanId: 'ffffffffffffffff',
    name: 'orphan',
    attributes: attributes({ 'langfuse.observation.level': text('WARNING'), 'langfuse.version': text('2') }),
  },
]

function otlpOf(spans: readonly object[]) {
  const resource = { attributes: attributes({ 'service.name': text('shop'), replicas: { intValue: 3 } }) }
  const scope = { name: 'my-scope', version: '1.2', attributes: attributes({ kind: text('x') }) }
  const timed = spans.map((span, index) => ({
    traceId: TRACE,
    startTimeUnixNano: String(START + BigInt(index) * 1_000_001n),
    endTimeUnixNano: String(START + 9_000_000n),
    ...span,
  }))
  return { resourceSpans: [{ resource, scopeSpans: [{ scope, spans: timed }] }] }
}

const event = (type: string, body: object) => ({
  id: crypto.randomUUID(),
  type,
  timestamp: '2026-03-01T10:00:00.000Z',
  body: { traceId: 'of-batch', startTime: '2026-03-01T10:00:00.000Z', endTime: '2026-03-01T10:00:01.500Z', ...body },
})

const LEGACY = [
  event('trace-create', { id: 'of-batch', name: 'chat', userId: 'bob', timestamp: '2026-03-01T10:00:00.000Z' }),
  event('span-create', { id: 'b-root', name: 'root', input: 'plain', metadata: { k: [1, 2] } }),
  event('generation-create', {
    id: 'b-gen',
    parentObservationId: 'b-root',
    name: 'gen',
    model: 'gpt-4o',
    modelParameters: { temperature: 1 },
    usage: { input: 3, output: 4 },
    output: { role: 'assistant', content: 'x' },
    statusMessage: 'fine',
  }),
  event('score-create', { id: 'b-score', name: 'good', value: 0.5 }),
]

async function exported(trace: string, format: string) {
  const answer = await app.send('GET', `/api/public/x/traces/${trace}/export?format=${format}`)
  return { status: answer.status, file: answer.headers.get('content-disposition'), body: await answer.text() }
}

describe('the trace as JSON', () => {
  test.each([TRACE, 'of-batch'])('%s is what getting it answers', async (trace) => {
    const { status, file, body } = await exported(trace, 'json')
    expect(status).toBe(200)
    expect(file).toBe(`attachment; filename="trace-${trace}.json"`)
    expect(JSON.parse(body)).toEqual(await app.get(`/api/public/traces/${trace}`))
  })

  test('numbers are as they were sent', async () => {
    expect((await exported(TRACE, 'json')).body).toContain('9007199254740993')
  })
})

test('a trace that is not there, and one of another project, are not found', async () => {
  expect((await exported('nowhere', 'otlp')).status).toBe(404)
  const answer = await app.send('GET', `/api/public/x/traces/${TRACE}/export`, { headers: asOther })
  expect(answer.status).toBe(404)
})

const Records = z.array(z.record(z.string(), z.unknown()))
const Listed = z.object({ data: Records })
const Whole = z.looseObject({ observations: Records })

/** What another project holds after it was sent the export. */
async function sentOn(trace: string) {
  const { body } = await exported(trace, 'otlp')
  const taken = await app.send('POST', '/api/public/otel/v1/traces', { headers: asOther, body })
  expect([taken.status, await taken.text()]).toEqual([200, '{}'])
  const answer = await app.send('GET', `/api/public/traces/${trace}`, { headers: asOther })
  return Whole.parse(await answer.json())
}

/** Without what every project says of its own. */
function comparable({ projectId, createdAt, updatedAt, htmlPath, ...record }: Record<string, unknown>) {
  return record
}

const observationsOf = (trace: z.infer<typeof Whole>) => trace.observations.map(comparable)

describe('the trace as OTLP', () => {
  test('what came by OTLP reads back the same', async () => {
    const before = Whole.parse(JSON.parse((await exported(TRACE, 'json')).body))
    const after = await sentOn(TRACE)
    expect(observationsOf(after)).toEqual(observationsOf(before))
    expect({ ...comparable(after), observations: [] }).toEqual({ ...comparable(before), observations: [] })
    const columns = 'fields=core,basic,time,io,metadata,model,usage,prompt,metrics,trace_context'
    const list = `/api/public/v2/observations?traceId=${TRACE}&${columns}`
    const theirs = Listed.parse(await (await app.send('GET', list, { headers: asOther })).json())
    const ours = Listed.parse(await app.get(list))
    expect(theirs.data.map(comparable)).toEqual(ours.data.map(comparable))
  })

  test('what came otherwise reads back with a sender and all ends', async () => {
    const before = Whole.parse(JSON.parse((await exported('of-batch', 'json')).body))
    const after = await sentOn('of-batch')
    expect(after).toMatchObject({ name: 'chat', userId: 'bob', scores: [] })
    for (const [index, { metadata, ...observation }] of observationsOf(before).entries()) {
      expect(observationsOf(after)[index]).toMatchObject(observation)
      expect(observationsOf(after)[index]?.['metadata']).toMatchObject(Object(metadata))
    }
  })
})
