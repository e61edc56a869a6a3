/** What providers send; how to read it: sample.fixture.ts. */
import { PNG, type Sample, weatherTool } from './sample.fixture.ts'

export const PROVIDER_SAMPLES: readonly Sample[] = [
  {
    name: 'Gemini request',
    format: 'gemini',
    value: {
      systemInstruction: { parts: [{ text: 'Be brief.' }] },
      contents: [
        {
          role: 'user',
          parts: [
            { text: 'Weather?' },
            { inlineData: { mimeType: 'image/png', data: PNG } },
            { fileData: { mimeType: 'video/mp4', fileUri: 'gs://b/a.mp4' } },
          ],
        },
        {
          role: 'model',
          parts: [{ functionCall: { name: 'weather', args: { city: 'Paris' } }, thoughtSignature: 'abc' }],
        },
        { role: 'user', parts: [{ functionResponse: { name: 'weather', response: { sky: 'rain' } } }] },
      ],
      tools: [{ functionDeclarations: [weatherTool] }],
      generationConfig: { temperature: 0.5 },
    },
    chat: [
      'system: Be brief.',
      'user: Weather? | <image image/png base64> | <video video/mp4 url>',
      'assistant: weather({"city":"Paris"})',
      'tool: = weather {"sky":"rain"}',
      'tools: weather',
    ],
  },
  {
    name: 'Gemini answer with thoughts and code',
    format: 'gemini',
    value: {
      candidates: [
        {
          content: {
            role: 'model',
            parts: [
              { text: 'Let me see.', thought: true },
              { executableCode: { language: 'PYTHON', code: 'print(1)' } },
              { codeExecutionResult: { outcome: 'OUTCOME_OK', output: '1\n' } },
              { text: 'It is 1.' },
            ],
          },
          finishReason: 'STOP',
        },
      ],
      usageMetadata: { promptTokenCount: 5 },
    },
    chat: [
      'assistant: ~Let me see. | code_execution({"language":"PYTHON","code":"print(1)"}) | = code_execution 1\n + OUTCOME_OK | It is 1.',
    ],
  },
  {
    name: 'ADK, snake case, two candidates',
    format: 'gemini',
    value: {
      new_message: { role: 'user', parts: [{ text: 'Hi' }] },
      candidates: [
        { content: { parts: [{ text: 'a' }] } },
        { content: { parts: [{ function_call: { id: 'x', name: 'f', args: {} } }] } },
      ],
    },
    chat: ['user: Hi', 'choice assistant: a', 'choice assistant: f({}) #x'],
  },
  {
    name: 'Bedrock Converse request',
    format: 'bedrock',
    value: {
      modelId: 'anthropic.claude-3',
      system: [{ text: 'Be brief.' }],
      messages: [
        {
          role: 'user',
          content: [
            { text: 'Weather?' },
            { image: { format: 'png', source: { bytes: PNG } } },
            { document: { format: 'pdf', name: 'report', source: { s3Location: { uri: 's3://b/r.pdf' } } } },
          ],
        },
        {
          role: 'assistant',
          content: [
            { reasoningContent: { reasoningText: { text: 'Ask.', signature: 's' } } },
            { toolUse: { toolUseId: 't1', name: 'weather', input: { city: 'Paris' } } },
          ],
        },
        {
          role: 'user',
          content: [{ toolResult: { toolUseId: 't1', content: [{ json: { sky: 'rain' } }], status: 'success' } }],
        },
      ],
      toolConfig: {
        tools: [{ toolSpec: { name: 'weather', description: 'd', inputSchema: { json: { type: 'object' } } } }],
      },
    },
    chat: [
      'system: Be brief.',
      'user: Weather? | <image image/png base64> | <file application/pdf url>',
      'assistant: ~Ask. | weather({"city":"Paris"}) #t1',
      'tool: = #t1 {"sky":"rain"}',
      'tools: weather',
    ],
  },
  {
    name: 'Bedrock Converse answer',
    format: 'bedrock',
    value: {
      output: { message: { role: 'assistant', content: [{ text: 'Rain.' }] } },
      stopReason: 'end_turn',
      usage: { inputTokens: 3 },
    },
    chat: ['assistant: Rain.'],
  },
  {
    name: 'Anthropic request',
    format: 'anthropic',
    value: {
      model: 'claude-sonnet-4',
      system: [{ type: 'text', text: 'Be brief.', cache_control: { type: 'ephemeral' } }],
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'Weather?' },
            { type: 'image', source: { type: 'base64', media_type: 'image/png', data: PNG } },
            { type: 'document', title: 'Report', source: { type: 'url', url: 'https://example.com/r.pdf' } },
          ],
        },
        {
          role: 'assistant',
          content: [
            { type: 'thinking', thinking: 'Ask.', signature: 'sig' },
            { type: 'redacted_thinking', data: 'xyz' },
            { type: 'tool_use', id: 'toolu_1', name: 'weather', input: { city: 'Paris' } },
          ],
        },
        {
          role: 'user',
          content: [
            {
              type: 'tool_result',
              tool_use_id: 'toolu_1',
              content: [{ type: 'text', text: 'no network' }],
              is_error: true,
            },
          ],
        },
      ],
      tools: [{ name: 'weather', description: 'd', input_schema: { type: 'object' } }],
      max_tokens: 1024,
    },
    chat: [
      'system: Be brief.',
      'user: Weather? | <image image/png base64> | <file url>',
      'assistant: ~Ask. | ~(redacted) | weather({"city":"Paris"}) #toolu_1',
      'tool: =! #toolu_1 no network',
      'tools: weather',
    ],
  },
  {
    name: 'Anthropic answer with a search on its server',
    format: 'anthropic',
    value: {
      id: 'msg_1',
      type: 'message',
      role: 'assistant',
      content: [
        { type: 'server_tool_use', id: 'srv_1', name: 'web_search', input: { query: 'x' } },
        {
          type: 'web_search_tool_result',
          tool_use_id: 'srv_1',
          content: [{ type: 'web_search_result', url: 'https://a', title: 'A' }],
        },
        { type: 'text', text: 'Found.' },
      ],
      stop_reason: 'end_turn',
      usage: { input_tokens: 5 },
    },
    chat: [
      'assistant: web_search({"query":"x"}) #srv_1 | = #srv_1 {"type":"web_search_result","url":"https://a","title":"A"} | Found.',
    ],
  },
  {
    name: 'Anthropic content alone',
    format: 'anthropic',
    value: [
      { type: 'text', text: 'Let me see.' },
      { type: 'tool_use', id: 't', name: 'f', input: {} },
    ],
    chat: ['assistant: Let me see. | f({}) #t'],
  },
  {
    name: 'OpenAI Responses answer',
    format: 'openai-responses',
    value: {
      id: 'resp_1',
      object: 'response',
      status: 'completed',
      instructions: 'Be brief.',
      output: [
        {
          id: 'rs_1',
          type: 'reasoning',
          summary: [{ type: 'summary_text', text: 'Thinking it over.' }],
          encrypted_content: 'gAAA',
        },
        {
          id: 'fc_1',
          type: 'function_call',
          call_id: 'call_1',
          name: 'weather',
          arguments: '{"city":"Paris"}',
          status: 'completed',
        },
        { id: 'ws_1', type: 'web_search_call', status: 'completed', action: { type: 'search', query: 'x' } },
        {
          id: 'msg_1',
          type: 'message',
          role: 'assistant',
          status: 'completed',
          content: [
            { type: 'output_text', text: 'Rain.', annotations: [] },
            { type: 'refusal', refusal: 'No more.' },
          ],
        },
      ],
      usage: { input_tokens: 5 },
    },
    chat: [
      'system: Be brief.',
      'assistant: ~Thinking it over. | ~(redacted) | weather({"city":"Paris"}) #call_1 | web_search({"type":"search","query":"x"}) #ws_1 | Rain. | No more.',
    ],
  },
  {
    name: 'OpenAI Responses request',
    format: 'openai-responses',
    value: {
      model: 'gpt-5',
      instructions: 'Be brief.',
      input: [
        {
          role: 'user',
          content: [
            { type: 'input_text', text: 'What is this?' },
            { type: 'input_image', image_url: 'https://example.com/a.png', detail: 'auto' },
            { type: 'input_file', file_id: 'file_1' },
          ],
        },
        { type: 'function_call_output', call_id: 'call_1', output: 'rain' },
        { type: 'mcp_call', id: 'mcp_1', server_label: 's', name: 'g', arguments: '{}', output: 'done', error: null },
        { type: 'item_reference', id: 'rs_9' },
      ],
      tools: [{ type: 'function', ...weatherTool }, { type: 'web_search' }],
    },
    chat: [
      'system: Be brief.',
      'user: What is this? | <image url> | <file id>',
      'tool: = #call_1 rain',
      'assistant: g({}) #mcp_1 | = g #mcp_1 done',
      'other: {"type":"item_reference","id":"rs_9"}',
      'tools: weather',
    ],
  },
  {
    name: 'OpenAI Responses with text as input',
    format: 'openai-responses',
    value: { instructions: 'Be brief.', input: 'Hi' },
    chat: ['system: Be brief.', 'user: Hi'],
  },
  {
    name: 'OpenAI request',
    format: 'openai-chat',
    value: {
      model: 'gpt-4o',
      messages: [
        { role: 'developer', content: 'Be brief.' },
        {
          role: 'user',
          name: 'alice',
          content: [
            { type: 'text', text: 'What is this?' },
            { type: 'image_url', image_url: { url: 'https://example.com/a.png', detail: 'low' } },
            { type: 'input_audio', input_audio: { data: 'UklGRg==', format: 'wav' } },
            { type: 'file', file: { file_id: 'file-1' } },
          ],
        },
        {
          role: 'assistant',
          content: null,
          tool_calls: [
            { id: 'call_1', type: 'function', function: { name: 'weather', arguments: '{"city": "Paris"' } },
          ],
        },
        { role: 'tool', tool_call_id: 'call_1', content: 'rain' },
        { role: 'function', name: 'old', content: '42' },
      ],
      tools: [{ type: 'function', function: weatherTool }],
      functions: [{ name: 'old' }],
    },
    chat: [
      'system: Be brief.',
      'user(alice): What is this? | <image url> | <audio audio/wav base64> | <file id>',
      'assistant: weather("{\\"city\\": \\"Paris\\"") #call_1 ?The arguments are not valid JSON.',
      'tool: = #call_1 rain',
      'tool(old): = old 42',
      'tools: weather old',
    ],
  },
  {
    name: 'OpenAI answer, all choices',
    format: 'openai-chat',
    value: {
      id: 'chatcmpl-1',
      choices: [
        { index: 0, message: { role: 'assistant', content: 'a', reasoning_content: 'Hm.' }, finish_reason: 'stop' },
        {
          index: 1,
          message: { role: 'assistant', content: null, function_call: { name: 'f', arguments: '{}' }, refusal: 'No.' },
          finish_reason: 'function_call',
        },
      ],
      usage: { prompt_tokens: 1 },
    },
    chat: ['choice assistant: ~Hm. | a', 'choice assistant: No. | f({})'],
  },
  {
    name: 'OpenAI answer, one choice',
    format: 'openai-chat',
    value: { choices: [{ delta: { content: 'a' } }] },
    chat: ['assistant: a'],
  },
  {
    name: 'OpenAI legacy completion',
    format: 'openai-chat',
    value: { choices: [{ text: 'once', index: 0 }] },
    chat: ['assistant: once'],
  },
  {
    name: 'A lone message with flat tool calls',
    format: 'openai-chat',
    value: { role: 'assistant', content: '', toolCalls: [{ id: 'c', name: 'f', arguments: { a: '1.10' } }] },
    chat: ['assistant: f({"a":"1.10"}) #c'],
  },
  {
    name: 'Ollama',
    format: 'openai-chat',
    value: {
      model: 'llama3',
      message: {
        role: 'assistant',
        content: 'Hi',
        thinking: 'Hm.',
        tool_calls: [{ function: { name: 'f', arguments: { a: 1 } } }],
      },
      done: true,
    },
    chat: ['assistant: ~Hm. | Hi | f({"a":1})'],
  },
  {
    name: 'Ollama with pictures',
    format: 'openai-chat',
    value: [{ role: 'user', content: 'See', images: [PNG] }],
    chat: ['user: See | <image base64>'],
  },
  {
    name: 'Cohere',
    format: 'openai-chat',
    value: {
      preamble: 'Be brief.',
      chat_history: [
        { role: 'USER', message: 'Hi' },
        { role: 'CHATBOT', message: 'Hello' },
      ],
      message: 'Weather?',
    },
    chat: ['system: Be brief.', 'user: Hi', 'assistant: Hello', 'user: Weather?'],
  },
  {
    name: 'Cohere v2 answer',
    format: 'openai-chat',
    value: { id: '1', message: { role: 'assistant', tool_plan: 'Ask.', content: [{ type: 'text', text: 'Hello' }] } },
    chat: ['assistant: ~Ask. | Hello'],
  },
  {
    name: 'LlamaIndex messages',
    format: 'openai-chat',
    value: { messages: [{ role: 'user', additional_kwargs: null, content: 'Hi' }] },
    chat: ['user: Hi'],
  },
]
