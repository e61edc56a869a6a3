/** One realistic span of each instrumentation (langfuse-ingestion contract §5.9), attributes as their own conventions say. */
import { describe, expect, test } from 'vitest'
import { moveToolsToInput } from '#domain/tools-in-metadata.ts'
import { metadataOf, observe } from '#ingest/otlp/ingest.fixture.ts'

const json = (text: string | undefined): unknown => JSON.parse(text ?? 'null')

test('Langfuse SDK, Python 4', () => {
  const observation = observe(
    {
      name: 'answer',
      attributes: {
        'langfuse.observation.type': 'generation',
        'langfuse.observation.input': '[{"role":"user","content":"hi"}]',
        'langfuse.observation.output': 'hello',
        'langfuse.observation.model.name': 'gpt-4o-mini',
        'langfuse.observation.model.parameters': '{"temperature":0}',
        'langfuse.observation.usage_details': '{"prompt_tokens":9,"completion_tokens":2,"total_tokens":11}',
        'langfuse.observation.cost_details': '{"total":0.01}',
        'langfuse.observation.metadata.step': 3,
        'session.id': 's1',
      },
    },
    { scope: 'langfuse-sdk', scopeVersion: '4.14.3', resource: { 'telemetry.sdk.language': 'python' } },
  )
  expect(observation).toMatchObject({
    type: 'GENERATION',
    name: 'answer',
    input: '[{"role":"user","content":"hi"}]',
    output: 'hello',
    model: 'gpt-4o-mini',
    modelParameters: '{"temperature":0}',
    usage: { input: 9, output: 2, total: 11 },
    cost: { total: 0.01 },
    sessionId: 's1',
  })
  expect(metadataOf(observation)).toMatchObject({ step: 3, scope: { name: 'langfuse-sdk', version: '4.14.3' } })
  expect(metadataOf(observation)).not.toHaveProperty('attributes')
})

test('OpenTelemetry GenAI conventions', () => {
  const observation = observe(
    {
      name: 'chat gpt-4o',
      attributes: {
        'gen_ai.operation.name': 'chat',
        'gen_ai.provider.name': 'openai',
        'gen_ai.conversation.id': 'conv-1',
        'gen_ai.request.model': 'gpt-4o',
        'gen_ai.response.model': 'gpt-4o-2024-08-06',
        'gen_ai.request.temperature': 0.2,
        'gen_ai.usage.input_tokens': 20,
        'gen_ai.usage.output_tokens': 7,
        'gen_ai.input.messages': '[{"role":"user","parts":[{"type":"text","content":"hi"}]}]',
        'gen_ai.output.messages': '[{"role":"assistant","parts":[{"type":"text","content":"hello"}]}]',
      },
    },
    { scope: 'opentelemetry.instrumentation.openai_v2' },
  )
  expect(observation).toMatchObject({
    type: 'GENERATION',
    model: 'gpt-4o-2024-08-06',
    modelParameters: '{"temperature":0.2}',
    usage: { input: 20, output: 7 },
    sessionId: 'conv-1',
  })
  expect(metadataOf(observation)['attributes']).toMatchObject({ 'gen_ai.provider.name': 'openai' })
})

test('OpenInference', () => {
  const observation = observe(
    {
      name: 'ChatCompletion',
      attributes: {
        'openinference.span.kind': 'LLM',
        'llm.model_name': 'claude-3-5-sonnet',
        'llm.invocation_parameters': '{"max_tokens": 512}',
        'input.value': '{"messages": []}',
        'input.mime_type': 'application/json',
        'output.value': 'done',
        'llm.token_count.prompt': 12,
        'llm.token_count.completion': 3,
        'llm.cost.total': 0.002,
        'tag.tags': ['beta'],
        metadata: '{"team":"a"}',
      },
    },
    { scope: 'openinference.instrumentation.anthropic' },
  )
  expect(observation).toMatchObject({
    type: 'GENERATION',
    input: '{"messages": []}',
    output: 'done',
    model: 'claude-3-5-sonnet',
    modelParameters: '{"max_tokens":512}',
    usage: { input: 12, output: 3 },
    cost: { total: 0.002 },
    tags: ['beta'],
  })
  expect(metadataOf(observation)['attributes']).toMatchObject({
    metadata: '{"team":"a"}',
    'input.mime_type': 'application/json',
  })
})

test('OpenLLMetry', () => {
  const observation = observe(
    {
      name: 'openai.chat',
      attributes: {
        'gen_ai.system': 'OpenAI',
        'gen_ai.request.model': 'gpt-4o',
        'gen_ai.prompt.0.role': 'user',
        'gen_ai.prompt.0.content': 'hi',
        'gen_ai.completion.0.content': 'hello',
        'gen_ai.usage.prompt_tokens': 8,
        'gen_ai.usage.completion_tokens': 1,
        'llm.usage.total_tokens': 9,
        'traceloop.span.kind': 'workflow',
      },
    },
    { scope: 'opentelemetry.instrumentation.openai' },
  )
  expect(observation).toMatchObject({ type: 'GENERATION', model: 'gpt-4o', usage: { input: 8, output: 1 } })
  expect(json(observation.input)).toEqual([{ role: 'user', content: 'hi' }])
  expect(json(observation.output)).toEqual([{ content: 'hello' }])
})

describe('Vercel AI SDK', () => {
  test('a model call with text and tool calls', () => {
    const observation = observe(
      {
        name: 'ai.generateText.doGenerate',
        attributes: {
          'operation.name': 'ai.generateText.doGenerate weather',
          'ai.operationId': 'ai.generateText.doGenerate',
          'ai.telemetry.functionId': 'weather',
          'ai.telemetry.metadata.userId': 'u1',
          'ai.telemetry.metadata.tags': ['a'],
          'ai.telemetry.metadata.feature': 'chat',
          'ai.telemetry.metadata.langfusePrompt': '{"name":"p","version":2}',
          'ai.model.id': 'gpt-4o',
          'ai.model.provider': 'openai.chat',
          'ai.settings.maxRetries': 2,
          'ai.prompt.messages': '[{"role":"user","content":"weather?"}]',
          'ai.response.text': 'let me look',
          'ai.response.toolCalls': '[{"toolName":"weather","args":"{}"}]',
          'ai.response.msToFirstChunk': 3,
          'gen_ai.usage.input_tokens': 10,
          'gen_ai.usage.output_tokens': 4,
        },
      },
      { scope: 'ai' },
    )
    expect(observation).toMatchObject({
      type: 'GENERATION',
      name: 'weather:ai.generateText.doGenerate',
      model: 'gpt-4o',
      modelParameters: '{"maxRetries":"2"}',
      input: '[{"role":"user","content":"weather?"}]',
      userId: 'u1',
      tags: ['a'],
      promptName: 'p',
      promptVersion: 2,
      usage: { input: 10, output: 4 },
    })
    expect(json(observation.output)).toEqual({
      role: 'assistant',
      content: 'let me look',
      tool_calls: [{ toolName: 'weather', args: '{}' }],
    })
    expect(metadataOf(observation)['feature']).toBe('chat')
  })

  test('a tool call', () => {
    const attributes = {
      'ai.operationId': 'ai.toolCall',
      'ai.toolCall.name': 'weather',
      'ai.toolCall.args': '{"city":"Rome"}',
      'ai.toolCall.result': '"sunny"',
    }
    expect(observe({ attributes }, { scope: 'ai' })).toMatchObject({
      type: 'TOOL',
      name: 'weather',
      input: '{"city":"Rome"}',
      output: '"sunny"',
    })
  })

  test('version 7: the agent span has neither model nor counts', () => {
    const attributes = {
      'gen_ai.operation.name': 'invoke_agent',
      'gen_ai.request.model': 'gpt-4o',
      'gen_ai.usage.input_tokens': 10,
      'gen_ai.usage.cost': 1,
      'gen_ai.input.messages': '[]',
    }
    const observation = observe({ attributes }, { scope: 'ai' })
    expect(observation).toMatchObject({ type: 'AGENT', input: '[]' })
    expect(observation).not.toHaveProperty('model')
    expect(observation).not.toHaveProperty('usage')
    expect(observation).not.toHaveProperty('cost')
  })
})

describe('Pydantic AI and Logfire', () => {
  test('an agent run', () => {
    const attributes = {
      'logfire.msg': 'agent run',
      agent_name: 'support',
      'pydantic_ai.all_messages': '[{"role":"user","content":"hi"}]',
      final_result: 'ok',
      'gen_ai.usage.details.cache_read_tokens': 2,
      'gen_ai.usage.input_tokens': 5,
      model_config: '{"timeout":3}',
    }
    expect(observe({ attributes }, { scope: 'pydantic-ai' })).toMatchObject({
      name: 'agent run',
      input: '[{"role":"user","content":"hi"}]',
      output: 'ok',
      usage: { input: 3, input_cached_tokens: 2 },
      modelParameters: '{"timeout":3}',
    })
  })

  test('a running tool', () => {
    const attributes = {
      'gen_ai.tool.name': 'lookup',
      'gen_ai.tool.call.id': 'c1',
      tool_arguments: '{"q":1}',
      tool_response: 'found',
      'logfire.msg': 'running tool: lookup',
    }
    expect(observe({ attributes }, { scope: 'pydantic-ai' })).toMatchObject({
      type: 'TOOL',
      name: 'lookup',
      input: '{"q":1}',
      output: 'found',
    })
  })

  test('events in one attribute', () => {
    const events = [
      { 'event.name': 'gen_ai.user.message', content: 'hi' },
      { 'event.name': 'gen_ai.choice', message: { content: 'hello' } },
    ]
    const observation = observe({ attributes: { events: JSON.stringify(events), 'gen_ai.request.model': 'm' } })
    expect(json(observation.input)).toEqual([events[0]])
    expect(json(observation.output)).toEqual(events[1])
  })
})

test('MLflow', () => {
  const attributes = { 'mlflow.spanInputs': '{"q":"?"}', 'mlflow.spanOutputs': '"!"', 'mlflow.spanType': 'LLM' }
  const observation = observe({ attributes }, { scope: 'mlflow' })
  expect(observation).toMatchObject({ type: 'SPAN', input: '{"q":"?"}', output: '"!"' })
  expect(metadataOf(observation)['attributes']).toEqual({ 'mlflow.spanType': 'LLM' })
})

test('LiveKit agents', () => {
  const attributes = { 'lk.user_transcript': 'hello there', 'lk.response.text': 'hi' }
  expect(observe({ name: 'agent_turn', attributes }, { scope: 'livekit-agents' })).toMatchObject({
    type: 'AGENT',
    level: 'DEFAULT',
    input: 'hello there',
    output: 'hi',
  })
})

describe('Google ADK', () => {
  test('a model call, with cached tokens only in the response', () => {
    const attributes = {
      'gen_ai.operation.name': 'generate_content',
      'gen_ai.request.model': 'gemini-2.0-flash',
      'gcp.vertex.agent.llm_request': '{"contents":[]}',
      'gcp.vertex.agent.llm_response': '{"usage_metadata":{"cached_content_token_count":4}}',
      'gen_ai.usage.input_tokens': 10,
    }
    expect(observe({ attributes }, { scope: 'gcp.vertex.agent' })).toMatchObject({
      type: 'GENERATION',
      input: '{"contents":[]}',
      usage: { input: 6, input_cached_tokens: 4 },
    })
  })

  test('a tool call, whose model bodies are empty', () => {
    const attributes = {
      'gen_ai.operation.name': 'execute_tool',
      'gcp.vertex.agent.llm_request': '{}',
      'gcp.vertex.agent.llm_response': '{}',
      'gcp.vertex.agent.tool_call_args': '{"city":"Rome"}',
      'gcp.vertex.agent.tool_response': '{"t":20}',
    }
    expect(observe({ attributes }, { scope: 'gcp.vertex.agent' })).toMatchObject({
      type: 'TOOL',
      input: '{"city":"Rome"}',
      output: '{"t":20}',
    })
  })
})

test('Genkit', () => {
  const attributes = {
    'genkit:metadata:subtype': 'model',
    'genkit:name': 'googleai/gemini-2.0-flash',
    'genkit:input': '{"messages":[{"role":"user","n":12345678901234567890}],"config":{"temperature":0.4}}',
    'genkit:output':
      '{"message":{"role":"model"},"usage":{"inputTokens":7,"outputTokens":5,"totalTokens":12,"thoughtsTokens":2}}',
  }
  expect(observe({ attributes }, { scope: 'genkit-tracer' })).toMatchObject({
    type: 'GENERATION',
    name: 'googleai/gemini-2.0-flash',
    model: 'googleai/gemini-2.0-flash',
    input: '[{"role":"user","n":12345678901234567890}]',
    output: '{"role":"model"}',
    modelParameters: '{"temperature":0.4}',
    usage: { input: 7, output: 3, total: 12, output_reasoning: 2 },
  })
})

test('Semantic Kernel', () => {
  const events = [
    { name: 'gen_ai.content.prompt', attributes: { 'gen_ai.prompt': '[{"role":"user","content":"hi"}]' } },
    { name: 'gen_ai.content.completion', attributes: { 'gen_ai.completion': '[{"content":"hello"}]' } },
  ]
  const attributes = {
    'gen_ai.operation.name': 'chat',
    'gen_ai.response.prompt_tokens': 3,
    'gen_ai.usage.input_tokens': 3,
  }
  expect(observe({ attributes, events }, { scope: 'Microsoft.SemanticKernel.Diagnostics' })).toMatchObject({
    type: 'GENERATION',
    input: '[{"role":"user","content":"hi"}]',
    output: '[{"content":"hello"}]',
    usage: { input: 3 },
  })
})

describe('row 77: Flue', () => {
  test.each([
    [
      'tool',
      { 'flue.tool.name': 't', 'flue.tool.arguments': '{"a":1}', 'flue.tool.result': '"ok"' },
      'TOOL',
      '{"a":1}',
      'ok',
    ],
    [
      'task',
      { 'flue.task.id': 't', 'flue.task.prompt': '"do it"', 'flue.task.result': '[1]' },
      'AGENT',
      'do it',
      '[1]',
    ],
    ['workflow', { 'flue.workflow.payload': '{"w":1}', 'flue.workflow.result': 'plain' }, 'SPAN', '{"w":1}', 'plain'],
  ] as const)('%s', (...[, attributes, type, input, output]) => {
    expect(observe({ attributes }, { scope: '@flue/opentelemetry' })).toMatchObject({ type, input, output })
  })
})

test('Pipecat', () => {
  const attributes = { input: '[{"role":"user"}]', output: 'hi', model: 'gpt-4o', 'gen_ai.usage.input_tokens': 2 }
  expect(observe({ attributes }, { scope: 'pipecat' })).toMatchObject({
    type: 'GENERATION',
    model: 'gpt-4o',
    input: '[{"role":"user"}]',
    output: 'hi',
    usage: { input: 2 },
  })
})

test.each([
  ['ai.prompt.tools', ['{"type":"function","name":"search","description":"d","parameters":{"type":"object"}}']],
  ['gen_ai.tool.definitions', '[{"type":"function","name":"search","description":"d","parameters":{"type":"object"}}]'],
])('row 68: the tools of %s can be moved from the metadata to the input', (key, tools) => {
  const observation = observe({ attributes: { [key]: tools, 'gen_ai.request.model': 'm', 'input.value': '[]' } })
  const { input, metadata } = moveToolsToInput({ input: observation.input, metadata: observation.metadata ?? '{}' })
  expect(json(input)).toMatchObject({ messages: [], tools: [{ name: 'search' }] })
  expect(metadata).not.toContain(key)
})
