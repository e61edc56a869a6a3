import { describe, expect, test } from 'vitest'
import { toolCallsIn } from '#domain/tool-calls.ts'
import { toolDefinitionsIn } from '#domain/tool-definitions.ts'
import { moveToolsToInput } from '#domain/tools-in-metadata.ts'

const SCHEMA = { type: 'object', properties: { q: { type: 'string' } } }
const OPENAI = { type: 'function', function: { name: 'search', description: 'Finds', parameters: SCHEMA } }
const FOUND = { search: JSON.stringify({ description: 'Finds', parameters: JSON.stringify(SCHEMA) }) }

describe('toolDefinitionsIn', () => {
  test.each<[string, unknown, object]>([
    ['OpenAI', { messages: [], tools: [OPENAI] }, FOUND],
    ['flat', { tools: [{ name: 'search', description: 'Finds', parameters: SCHEMA }] }, FOUND],
    [
      'desc and parameters_json_schema',
      { tools: [{ name: 'search', desc: 'Finds', parameters_json_schema: SCHEMA }] },
      FOUND,
    ],
    ['inputSchema', { tools: [{ name: 'search', description: 'Finds', inputSchema: SCHEMA }] }, FOUND],
    ['Anthropic', { tools: [{ name: 'search', description: 'Finds', input_schema: SCHEMA }] }, FOUND],
    ['as JSON text', { tools: [JSON.stringify(OPENAI)] }, FOUND],
    ['on a message', { messages: [{ role: 'user', content: 'x', tools: [OPENAI] }] }, FOUND],
    ['LangGraph, a message of role tool', [{ role: 'tool', content: OPENAI }], FOUND],
    ['the first of a name counts', { tools: [OPENAI, { name: 'search', description: 'other' }] }, FOUND],
    ['no schema', { tools: [{ type: 'web_search', name: 'web' }] }, { web: '{"description":"","parameters":""}' }],
    ['the result of a tool', [{ role: 'tool', content: 'found' }], {}],
    ['names alone', { tools: ['search', { name: 'x' }] }, {}],
  ])('%s', (_, input, expected) => {
    expect(toolDefinitionsIn(JSON.stringify(input))).toEqual(expected)
  })

  test.each([
    ['nothing', undefined],
    ['prose', 'my "tools" are sharp'],
  ])('%s', (_, input) => {
    expect(toolDefinitionsIn(input)).toEqual({})
  })
})

describe('toolCallsIn', () => {
  const call = { id: 'c1', type: 'function', function: { name: 'search', arguments: '{"q":"x"}' } }
  const found = {
    calls: ['{"id":"c1","arguments":"{\\"q\\":\\"x\\"}","type":"function","index":0}'],
    names: ['search'],
  }

  test.each<[string, unknown, object]>([
    ['at the top', { role: 'assistant', tool_calls: [call] }, found],
    ['in camel case', { toolCalls: [call] }, found],
    ['as JSON text', { tool_calls: JSON.stringify([call]) }, found],
    ['in choices', { choices: [{ message: { tool_calls: [call] } }] }, found],
    ['in a list of messages', [{ role: 'assistant', tool_calls: [call] }], found],
    ['twice, once in additional_kwargs', { tool_calls: [call], additional_kwargs: { tool_calls: [call] } }, found],
    ['bare', call, found],
    [
      'LangChain',
      { tool_calls: [{ name: 'search', args: { q: 'x' }, id: 'c1', type: 'tool_call' }] },
      { calls: ['{"id":"c1","arguments":"{\\"q\\":\\"x\\"}","type":"tool_call","index":0}'], names: ['search'] },
    ],
    [
      'Anthropic content parts',
      {
        content: [
          { type: 'text', text: 'tool' },
          { type: 'tool_use', id: 'c1', name: 'search', input: { q: 'x' } },
        ],
      },
      { calls: ['{"id":"c1","arguments":"{\\"q\\":\\"x\\"}","type":"tool_use","index":0}'], names: ['search'] },
    ],
    [
      'AI SDK content parts',
      { content: [{ type: 'tool-call', toolCallId: 'c1', toolName: 'search', input: { q: 'x' } }] },
      { calls: ['{"id":"c1","arguments":"{\\"q\\":\\"x\\"}","type":"tool-call","index":0}'], names: ['search'] },
    ],
    [
      'OpenAI responses',
      { output: [{ type: 'function_call', call_id: 'c1', name: 'search', arguments: '{"q":"x"}' }] },
      { calls: ['{"id":"c1","arguments":"{\\"q\\":\\"x\\"}","type":"function_call","index":0}'], names: ['search'] },
    ],
    [
      'without ids, by name and arguments',
      {
        tool_calls: [
          { toolName: 'a', args: {} },
          { toolName: 'a', args: {} },
          { toolName: 'a', args: { b: 1 } },
        ],
      },
      {
        calls: [
          '{"id":"","arguments":"{}","type":"function","index":0}',
          '{"id":"","arguments":"{\\"b\\":1}","type":"function","index":1}',
        ],
        names: ['a', 'a'],
      },
    ],
    [
      'an index is kept',
      { tool_calls: [{ ...call, index: 3 }] },
      { ...found, calls: [found.calls[0]?.replace('"index":0', '"index":3')] },
    ],
    [
      'the result of a call',
      { type: 'tool-result', toolName: 'search', input: {}, output: 1 },
      { calls: [], names: [] },
    ],
    ['talk of tools', { content: 'use a tool' }, { calls: [], names: [] }],
    ['null', { tool_calls: null, content: null, function: null }, { calls: [], names: [] }],
  ])('%s', (_, output, expected) => {
    expect(toolCallsIn(JSON.stringify(output))).toEqual(expected)
  })

  test('prose', () => {
    expect(toolCallsIn('a tool')).toEqual({ calls: [], names: [] })
  })
})

describe('moveToolsToInput', () => {
  const tool = JSON.stringify(OPENAI)

  test.each<[string, { input: string | undefined; metadata: string }, { input: string | undefined; metadata: string }]>(
    [
      [
        'row 68: ai.prompt.tools, a list of JSON texts, beside messages',
        {
          input: '[{"role":"user"}]',
          metadata: JSON.stringify({ attributes: { 'ai.prompt.tools': JSON.stringify([tool]), x: 1 } }),
        },
        { input: `{"messages":[{"role":"user"}],"tools":[${tool}]}`, metadata: '{"attributes":{"x":1}}' },
      ],
      [
        'row 68: gen_ai.tool.definitions into an object',
        {
          input: '{"temperature":0.10}',
          metadata: JSON.stringify({ attributes: { 'gen_ai.tool.definitions': `[${tool}]` } }),
        },
        { input: `{"temperature":0.10,"tools":[${tool}]}`, metadata: '{"attributes":{}}' },
      ],
      [
        'metadata.tools beside a prompt',
        { input: 'hello', metadata: `{"tools":[${tool}],"a":1}` },
        { input: `{"prompt":"hello","tools":[${tool}]}`, metadata: '{"a":1}' },
      ],
      [
        'without any input',
        { input: undefined, metadata: `{"tools":[${tool}]}` },
        { input: `{"tools":[${tool}]}`, metadata: '{}' },
      ],
      [
        'tools already there are not repeated',
        { input: `{"tools":[${tool}]}`, metadata: `{"tools":[${tool},{"name":"other","desc":"x"}]}` },
        { input: `{"tools":[${tool},{"name":"other","desc":"x"}]}`, metadata: '{}' },
      ],
      [
        'Pydantic AI: one member of a JSON text',
        {
          input: undefined,
          metadata: JSON.stringify({
            attributes: { model_request_parameters: `{"function_tools":[${tool}],"mode":"text"}` },
          }),
        },
        {
          input: `{"tools":[${tool}]}`,
          metadata: JSON.stringify({ attributes: { model_request_parameters: '{"mode":"text"}' } }),
        },
      ],
      [
        'OpenInference: one attribute a tool',
        {
          input: undefined,
          metadata: JSON.stringify({
            attributes: {
              'llm.tools.0.tool.json_schema': tool,
              'llm.tools.1.tool.json_schema': '{"name":"b","desc":"x"}',
            },
          }),
        },
        { input: `{"tools":[${tool},{"name":"b","desc":"x"}]}`, metadata: '{"attributes":{}}' },
      ],
    ],
  )('%s', (_, given, expected) => {
    expect(moveToolsToInput(given)).toEqual(expected)
  })

  test.each([
    ['what is no tool stays', '{"tools":["hammer"],"attributes":{"ai.prompt.tools":"none"}}'],
    ['a list with something else in it stays', `{"tools":[${tool},1]}`],
    ['an empty list stays', '{"tools":[]}'],
    ['digits stay as they are', '{"tools":1.10}'],
  ])('%s', (_, metadata) => {
    expect(moveToolsToInput({ input: 'x', metadata })).toEqual({ input: 'x', metadata })
  })

  test('doing it again changes nothing', () => {
    const once = moveToolsToInput({ input: 'hello', metadata: `{"tools":[${tool}]}` })
    expect(moveToolsToInput(once)).toEqual(once)
  })
})

describe('nesting without end', () => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
  const tool = (parameters: string) => `{"type":"function","name":"search","parameters":${parameters}}`

  test('is no tool and no call', () => {
    expect(toolDefinitionsIn(`{"tools":[${tool(deep)}]}`)).toEqual({})
    expect(toolCallsIn(`{"tool_calls":[{"name":"search","arguments":${deep}}]}`)).toEqual({ calls: [], names: [] })
  })

  test('stays where it is in metadata, and is a prompt beside tools', () => {
    const hidden = { input: undefined, metadata: JSON.stringify({ attributes: { 'gen_ai.tool.definitions': deep } }) }
    expect(moveToolsToInput(hidden)).toEqual(hidden)
    const moved = moveToolsToInput({ input: deep, metadata: `{"tools":[${tool('{}')}]}` })
    expect(JSON.parse(moved.input ?? '')).toEqual({ prompt: deep, tools: [JSON.parse(tool('{}'))] })
  })
})
