import { describe, expect, test } from 'vitest'
import { observe } from './ingest.fixture.ts'
import type { SpanSample } from './otlp-request.fixture.ts'
import type { Value } from './otlp-request.ts'

type Given = Readonly<Record<string, Value>>

const MESSAGES = '[{"role":"user","parts":[{"type":"text","content":"hi"}]}]'

function payloadOf(attributes: Given, scope = 'any'): { input: string | undefined; output: string | undefined } {
  const { input, output } = observe({ attributes }, { scope })
  return { input, output }
}

describe('plain keys', () => {
  test.each<[string, string, string]>([
    ['Langfuse', 'langfuse.observation.input', 'langfuse.observation.output'],
    ['Logfire', 'prompt', 'all_messages_events'],
    ['LiveKit', 'lk.user_transcript', 'lk.response.text'],
    ['MLflow', 'mlflow.spanInputs', 'mlflow.spanOutputs'],
    ['Traceloop', 'traceloop.entity.input', 'traceloop.entity.output'],
    ['OpenInference', 'input.value', 'output.value'],
    ['Pipecat', 'input', 'output'],
    ['tools of Pydantic AI', 'tool_arguments', 'tool_response'],
    ['GenAI', 'gen_ai.input.messages', 'gen_ai.output.messages'],
    ['GenAI tools', 'gen_ai.tool.call.arguments', 'gen_ai.tool.call.result'],
    ['ADK', 'gcp.vertex.agent.llm_request', 'gcp.vertex.agent.llm_response'],
  ])('%s', (_, input, output) => {
    expect(payloadOf({ [input]: 'in', [output]: '{"a": 1}' })).toEqual({ input: 'in', output: '{"a": 1}' })
    expect(payloadOf({ [output]: 'out' })).toEqual({ input: undefined, output: 'out' })
  })
})

test('either side of the first convention ends the search', () => {
  expect(payloadOf({ 'langfuse.observation.output': 'o', 'input.value': 'i' })).toEqual({
    input: undefined,
    output: 'o',
  })
})

test('structured attributes are stored as JSON', () => {
  expect(payloadOf({ 'gen_ai.input.messages': [{ role: 'user', content: 'hi' }] }).input).toBe(
    '[{"role":"user","content":"hi"}]',
  )
})

describe('spread keys', () => {
  test('lists and objects are put together, nested ones too', () => {
    const { input, output } = payloadOf({
      'gen_ai.prompt.1.content': 'second',
      'gen_ai.prompt.0.role': 'user',
      'gen_ai.prompt.0.content': 'first',
      'gen_ai.completion.0.tool_calls.0.name': 'search',
      'gen_ai.completion.0.finish_reason': 'stop',
    })
    expect(JSON.parse(input ?? '')).toEqual([{ role: 'user', content: 'first' }, { content: 'second' }])
    expect(JSON.parse(output ?? '')).toEqual([{ tool_calls: [{ name: 'search' }], finish_reason: 'stop' }])
  })

  test('the exact key wins', () => {
    expect(payloadOf({ 'gen_ai.prompt': 'exact', 'gen_ai.prompt.0.content': 'x' }).input).toBe('exact')
  })

  test('OpenInference messages', () => {
    const key = 'llm.input_messages.0.message.content'
    expect(JSON.parse(payloadOf({ [key]: 'hi' }).input ?? '')).toEqual([{ message: { content: 'hi' } }])
  })

  test('row 65: an index out of range is dropped', () => {
    const { input } = payloadOf({ 'gen_ai.prompt.0.content': 'a', 'gen_ai.prompt.10001.content': 'b' })
    expect(JSON.parse(input ?? '')).toEqual([{ content: 'a' }])
  })

  test('the bound holds for all lists of a prefix together', () => {
    const { input } = payloadOf({ 'gen_ai.prompt.5000.content': 'a', 'gen_ai.prompt.5000.parts.6000.x': 'b' })
    expect(JSON.parse(input ?? '')).toEqual([{ content: 'a', parts: [] }])
  })

  test.each(['__proto__', 'constructor', 'prototype'])('row 66: the segment %s is ignored', (segment) => {
    const { input } = payloadOf({ [`gen_ai.prompt.${segment}.polluted`]: 'x', 'gen_ai.prompt.0.content': 'a' })
    expect(JSON.parse(input ?? '')).toEqual([{ content: 'a' }])
    expect(Reflect.get({}, 'polluted')).toBeUndefined()
  })

  test('a key of many segments does no harm', () => {
    expect(payloadOf({ [`gen_ai.prompt${'.a'.repeat(100_000)}`]: 'x' }).input).toBeUndefined()
  })

  test('a value where others see a branch stays as it came first', () => {
    const { input } = payloadOf({ 'gen_ai.prompt.0': 'text', 'gen_ai.prompt.0.content': 'x', 'gen_ai.prompt.a': 'y' })
    expect(JSON.parse(input ?? '')).toEqual(['text'])
  })
})

describe('row 67: system instructions', () => {
  const parts = '[{"type":"text","content":"be"},{"type":"text","content":"kind"}]'
  const system = { role: 'system', content: 'be\nkind' }
  const inputOf = (attributes: Given) => JSON.parse(payloadOf(attributes).input ?? 'null')

  test('are put first', () => {
    const given = { 'gen_ai.input.messages': MESSAGES, 'gen_ai.system_instructions': parts }
    expect(inputOf(given)).toEqual([system, ...JSON.parse(MESSAGES)])
  })
  test('once: a system message that is there stays alone', () => {
    const messages = '[{"role":"system","content":"own"}]'
    expect(inputOf({ 'gen_ai.input.messages': messages, 'gen_ai.system_instructions': parts })).toEqual(
      JSON.parse(messages),
    )
  })
  test('as text', () => {
    expect(inputOf({ 'gen_ai.input.messages': '[]', 'gen_ai.system_instructions': 'be kind' })).toEqual([
      { role: 'system', content: 'be kind' },
    ])
  })
  test('alone', () => {
    expect(inputOf({ 'gen_ai.system_instructions': parts })).toEqual([system])
  })
  test('not before messages that are no list', () => {
    expect(payloadOf({ 'gen_ai.input.messages': 'hi', 'gen_ai.system_instructions': parts }).input).toBe('hi')
  })
  test('digits of the messages are kept', () => {
    const messages = '[{"role":"user","n":12345678901234567890}]'
    const { input } = payloadOf({ 'gen_ai.input.messages': messages, 'gen_ai.system_instructions': 'x' })
    expect(input).toBe('[{"role":"system","content":"x"},{"role":"user","n":12345678901234567890}]')
  })
  test('Pydantic AI', () => {
    const attributes = {
      'pydantic_ai.all_messages': MESSAGES,
      final_result: 'done',
      'gen_ai.system_instructions': parts,
    }
    const { input, output } = payloadOf(attributes, 'pydantic-ai')
    expect(JSON.parse(input ?? '')).toEqual([system, ...JSON.parse(MESSAGES)])
    expect(output).toBe('done')
  })
})

describe('span events', () => {
  const eventsOf = (events: SpanSample['events'] = []) => {
    const { input, output } = observe({ events })
    return { input: JSON.parse(input ?? 'null'), output: JSON.parse(output ?? 'null') }
  }

  test('one event a message', () => {
    const events = [
      { name: 'gen_ai.system.message', attributes: { content: 'be kind' } },
      { name: 'gen_ai.user.message', attributes: { content: 'hi' } },
      { name: 'gen_ai.choice', attributes: { index: 0, message: 'hello' } },
    ]
    expect(eventsOf(events)).toEqual({
      input: [
        { role: 'system', content: 'be kind' },
        { role: 'user', content: 'hi' },
      ],
      output: { index: 0, message: 'hello' },
    })
  })

  test('several choices make a list', () => {
    const events = [0, 1].map((index) => ({ name: 'gen_ai.choice', attributes: { index } }))
    expect(eventsOf(events).output).toEqual([{ index: 0 }, { index: 1 }])
  })

  test('details of an operation', () => {
    const name = 'gen_ai.client.inference.operation.details'
    const attributes = { 'gen_ai.input.messages': MESSAGES, 'gen_ai.output.messages': '[]' }
    expect(eventsOf([{ name, attributes }])).toEqual({ input: JSON.parse(MESSAGES), output: [] })
  })

  test('content events of OpenLit and Semantic Kernel', () => {
    const events = [
      { name: 'gen_ai.content.prompt', attributes: { 'gen_ai.prompt': '["p"]' } },
      { name: 'gen_ai.content.completion', attributes: { text: 'raw' } },
    ]
    expect(eventsOf(events)).toEqual({ input: ['p'], output: { text: 'raw' } })
  })

  test('exceptions are no payload', () => {
    expect(eventsOf([{ name: 'exception', attributes: { 'exception.type': 'E' } }])).toEqual({
      input: null,
      output: null,
    })
  })
})
