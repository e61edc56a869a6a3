/** What frameworks and conventions send; how to read it: sample.fixture.ts. */
import { PNG, type Sample, weatherTool } from './sample.fixture.ts'

export const FRAMEWORK_SAMPLES: readonly Sample[] = [
  {
    name: 'OTel gen_ai messages',
    format: 'otel-genai',
    value: [
      { role: 'user', parts: [{ type: 'text', content: 'Weather in Paris?' }] },
      {
        role: 'assistant',
        parts: [
          { type: 'reasoning', content: 'Ask the tool.' },
          { type: 'tool_call', id: 'call_1', name: 'weather', arguments: { city: 'Paris' } },
        ],
        finish_reason: 'tool_call',
      },
      { role: 'tool', parts: [{ type: 'tool_call_response', id: 'call_1', result: 'rainy, 57°F' }] },
      {
        role: 'user',
        parts: [
          { type: 'blob', mime_type: 'image/png', modality: 'image', content: PNG },
          { type: 'uri', modality: 'video', uri: 'https://example.com/a.mp4' },
          { type: 'file', file_id: 'f1', mime_type: 'application/pdf' },
        ],
      },
    ],
    chat: [
      'user: Weather in Paris?',
      'assistant: ~Ask the tool. | weather({"city":"Paris"}) #call_1',
      'tool: = #call_1 rainy, 57°F',
      'user: <image image/png base64> | <video url> | <file application/pdf id>',
    ],
  },
  {
    name: 'OTel gen_ai attributes with instructions and tools',
    format: 'otel-genai',
    value: {
      'gen_ai.system_instructions': [{ type: 'text', content: 'Be brief.' }],
      'gen_ai.input.messages': [{ role: 'user', parts: [{ type: 'text', content: 'Hi' }] }],
      'gen_ai.output.messages': [
        { role: 'assistant', parts: [{ type: 'text', content: 'Hello' }], finish_reason: 'stop' },
      ],
      'gen_ai.tool.definitions': [{ type: 'function', ...weatherTool }],
    },
    chat: ['system: Be brief.', 'user: Hi', 'assistant: Hello', 'tools: weather'],
  },
  {
    name: 'OTel gen_ai with strings as parts',
    format: 'otel-genai',
    value: { messages: [{ role: 'user', parts: ['plain', { type: 'text', content: 'typed' }] }] },
    chat: ['user: plain | typed'],
  },
  {
    name: 'Span events of the GenAI conventions',
    format: 'openai-chat',
    value: [
      { name: 'gen_ai.system.message', time: 1, attributes: { content: 'Be brief.', 'gen_ai.system': 'openai' } },
      { name: 'gen_ai.user.message', time: 2, body: { content: 'Hi' } },
      {
        name: 'gen_ai.choice',
        time: 3,
        body: { index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'Hello' } },
      },
    ],
    chat: ['system: Be brief.', 'user: Hi', 'assistant: Hello'],
  },
  {
    name: 'Span events with their content as JSON text',
    format: 'openai-chat',
    value: [
      { name: 'gen_ai.content.prompt', attributes: { 'gen_ai.prompt': '[{"role":"user","content":"Hi"}]' } },
      {
        name: 'gen_ai.content.completion',
        attributes: { 'gen_ai.completion': '[{"role":"assistant","content":"Hello"}]' },
      },
    ],
    chat: ['user: Hi', 'assistant: Hello'],
  },
  {
    name: 'OpenInference flat attributes',
    format: 'openinference',
    value: {
      'llm.model_name': 'gpt-4o',
      'llm.input_messages.0.message.role': 'system',
      'llm.input_messages.0.message.content': 'Be brief.',
      'llm.input_messages.1.message.role': 'user',
      'llm.input_messages.1.message.contents.0.message_content.type': 'text',
      'llm.input_messages.1.message.contents.0.message_content.text': 'What is this?',
      'llm.input_messages.1.message.contents.1.message_content.type': 'image',
      'llm.input_messages.1.message.contents.1.message_content.image.image.url': 'https://example.com/cat.png',
      'llm.output_messages.0.message.role': 'assistant',
      'llm.output_messages.0.message.tool_calls.0.tool_call.id': 'c1',
      'llm.output_messages.0.message.tool_calls.0.tool_call.function.name': 'look',
      'llm.output_messages.0.message.tool_calls.0.tool_call.function.arguments': '{"at":"cat"}',
      'llm.tools.0.tool.json_schema': '{"type":"function","function":{"name":"look","parameters":{"type":"object"}}}',
    },
    chat: [
      'system: Be brief.',
      'user: What is this? | <image url>',
      'assistant: look({"at":"cat"}) #c1',
      'tools: look',
    ],
  },
  {
    name: 'OpenInference nested messages with a tool result',
    format: 'openinference',
    value: [{ message: { role: 'tool', tool_call_id: 'c1', name: 'look', content: 'a cat' } }],
    chat: ['tool: = look #c1 a cat'],
  },
  {
    name: 'Pydantic AI history',
    format: 'pydantic-ai',
    value: [
      {
        kind: 'request',
        instructions: null,
        parts: [
          { part_kind: 'system-prompt', content: 'Be brief.', timestamp: '2026-01-01T00:00:00Z', dynamic_ref: null },
          {
            part_kind: 'user-prompt',
            content: [
              'What is this?',
              { kind: 'image-url', url: 'https://example.com/a.png' },
              { kind: 'binary', data: PNG, media_type: 'image/png' },
            ],
            timestamp: '2026-01-01T00:00:00Z',
          },
        ],
      },
      {
        kind: 'response',
        model_name: 'gpt-4o',
        parts: [
          { part_kind: 'thinking', content: 'Hm.', signature: null },
          { part_kind: 'tool-call', tool_name: 'look', args: '{"at": 1}', tool_call_id: 'c1' },
        ],
      },
      {
        kind: 'request',
        parts: [
          { part_kind: 'tool-return', tool_name: 'look', content: { seen: 'cat' }, tool_call_id: 'c1' },
          { part_kind: 'retry-prompt', tool_name: 'look', tool_call_id: 'c2', content: 'no such place' },
        ],
      },
      { kind: 'response', parts: [{ part_kind: 'text', content: 'A cat.' }] },
    ],
    chat: [
      'system: Be brief.',
      'user: What is this? | <image url> | <image image/png base64>',
      'assistant: ~Hm. | look({"at":1}) #c1',
      'tool: = look #c1 {"seen":"cat"} | =! look #c2 no such place',
      'assistant: A cat.',
    ],
  },
  {
    name: 'Vercel AI SDK messages',
    format: 'vercel-ai',
    value: [
      { role: 'system', content: 'Be brief.' },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'Hi' },
          { type: 'file', data: PNG, mediaType: 'image/png', filename: 'a.png' },
        ],
      },
      {
        role: 'assistant',
        content: [
          { type: 'reasoning', text: 'Hm.' },
          {
            type: 'tool-call',
            toolCallId: 'c1',
            toolName: 'f',
            input: { a: 1 },
            providerMetadata: { google: { signature: 's' } },
          },
        ],
      },
      {
        role: 'tool',
        content: [
          { type: 'tool-result', toolCallId: 'c1', toolName: 'f', output: { type: 'error-text', value: 'broken' } },
        ],
      },
      { role: 'tool', content: [{ type: 'tool-result', toolCallId: 'c2', toolName: 'f', result: { ok: true } }] },
    ],
    chat: [
      'system: Be brief.',
      'user: Hi | <image image/png base64>',
      'assistant: ~Hm. | f({"a":1}) #c1',
      'tool: =! f #c1 broken',
      'tool: = f #c2 {"ok":true}',
    ],
  },
  {
    name: 'Vercel AI SDK messages of the UI',
    format: 'vercel-ai',
    value: [
      { id: 'm1', role: 'user', parts: [{ type: 'text', text: 'Hi' }] },
      {
        id: 'm2',
        role: 'assistant',
        parts: [
          { type: 'step-start' },
          {
            type: 'tool-weather',
            toolCallId: 'c1',
            state: 'output-available',
            input: { city: 'Paris' },
            output: { sky: 'rain' },
          },
          {
            type: 'dynamic-tool',
            toolName: 'g',
            toolCallId: 'c2',
            state: 'output-error',
            input: {},
            errorText: 'broken',
          },
          { type: 'text', text: 'Rain.', state: 'done' },
        ],
      },
    ],
    chat: [
      'user: Hi',
      'assistant: weather({"city":"Paris"}) #c1 | = weather #c1 {"sky":"rain"} | g({}) #c2 | =! g #c2 broken | Rain.',
    ],
  },
  {
    name: 'Vercel AI SDK tool calls alone',
    format: 'vercel-ai',
    value: '[{"type":"tool-call","toolCallId":"c1","toolName":"f","args":{"id":9007199254740993}}]',
    chat: ['assistant: f({"id":9007199254740993}) #c1'],
  },
  {
    name: 'LangChain messages',
    format: 'langchain',
    value: {
      messages: [
        { type: 'system', content: 'Be brief.', additional_kwargs: {}, id: null },
        { type: 'human', content: 'Weather?', example: false },
        {
          type: 'ai',
          content: '',
          tool_calls: [{ name: 'weather', args: { city: 'Paris' }, id: 'c1', type: 'tool_call' }],
          invalid_tool_calls: [{ name: 'g', args: '{bad', id: 'c2', error: 'not JSON', type: 'invalid_tool_call' }],
          response_metadata: { model_name: 'm' },
        },
        { type: 'tool', content: 'boom', name: 'weather', tool_call_id: 'c1', status: 'error' },
        { role: 'tool', content: { type: 'function', function: weatherTool } },
      ],
      step: 3,
    },
    chat: [
      'system: Be brief.',
      'user: Weather?',
      'assistant: weather({"city":"Paris"}) #c1 | g("{bad") #c2 ?not JSON',
      'tool: =! weather #c1 boom',
      'tools: weather',
    ],
  },
  {
    name: 'LangChain serialised, a list for each prompt',
    format: 'langchain',
    value: [
      [
        {
          lc: 1,
          type: 'constructor',
          id: ['langchain', 'schema', 'messages', 'HumanMessage'],
          kwargs: { content: 'Hi', type: 'human' },
        },
        {
          lc: 1,
          type: 'constructor',
          id: ['langchain', 'schema', 'messages', 'AIMessageChunk'],
          kwargs: {
            content: [
              { type: 'text', text: 'Hello' },
              { type: 'tool_use', id: 't', name: 'f', input: { a: 1 } },
            ],
            additional_kwargs: { reasoning_content: 'Hm.' },
          },
        },
      ],
    ],
    chat: ['user: Hi', 'assistant: ~Hm. | Hello | f({"a":1}) #t'],
  },
  {
    name: 'LangChain generations',
    format: 'langchain',
    value: {
      generations: [
        [
          {
            text: 'Hello',
            generation_info: { finish_reason: 'stop' },
            type: 'ChatGeneration',
            message: {
              lc: 1,
              type: 'constructor',
              id: ['langchain', 'schema', 'messages', 'AIMessage'],
              kwargs: {
                content: 'Hello',
                additional_kwargs: {
                  tool_calls: [{ id: 'c', type: 'function', function: { name: 'f', arguments: '{}' } }],
                },
              },
            },
          },
        ],
      ],
      llm_output: { token_usage: {} },
    },
    chat: ['assistant: Hello | f({}) #c'],
  },
  {
    name: 'MCP result',
    format: 'mcp',
    value: {
      content: [
        { type: 'text', text: 'ok' },
        { type: 'image', data: PNG, mimeType: 'image/png' },
        { type: 'resource', resource: { uri: 'file:///a.md', mimeType: 'text/markdown', text: '# A' } },
        { type: 'resource_link', uri: 'file:///b', name: 'b' },
      ],
      structuredContent: { ok: true },
      isError: false,
    },
    chat: ['tool: = ok + <image image/png base64> + <file text/markdown url> + # A + <file url> + {"ok":true}'],
  },
  {
    name: 'MCP result of a tool',
    format: 'mcp',
    hints: { observationType: 'TOOL' },
    value: { content: [{ type: 'text', text: 'ok' }] },
    chat: ['tool: = ok'],
  },
  {
    name: 'Prompt and completion',
    format: 'completion',
    value: { prompt: 'Once upon', completion: ' a time', model: 'm' },
    chat: ['user: Once upon', 'assistant:  a time'],
  },
  {
    name: 'A decorated function',
    format: 'openai-chat',
    value: { args: [{ self: 1 }, [{ role: 'user', content: 'Hi' }]], kwargs: {} },
    chat: ['user: Hi'],
  },
  {
    name: 'JSON text within JSON text',
    format: 'openai-chat',
    value: JSON.stringify({ input: JSON.stringify([[{ role: 'user', content: 'Hi' }]]) }),
    chat: ['user: Hi'],
  },
]
