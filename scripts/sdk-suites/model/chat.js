/** OpenAI's chat completions, whole and in chunks: an answer, JSON of a schema, or a call of the first tool. */
import { answerTo, callOf, countWords, sampleOf } from './answers.js'

const questionOf = (messages) => {
  const { content } = messages.at(-1)
  return typeof content === 'string' ? content : JSON.stringify(content)
}

function messageTo({ messages, tools, functions, response_format: format }) {
  const message = { role: 'assistant', content: null, refusal: null }
  const question = questionOf(messages)
  const isCalled = messages.some(({ role }) => role === 'tool' || role === 'function')
  if (!isCalled && tools?.length > 0) {
    return {
      ...message,
      tool_calls: [{ id: 'call_1', type: 'function', function: callOf(tools[0].function, question) }],
    }
  }
  if (!isCalled && functions?.length > 0) return { ...message, function_call: callOf(functions[0], question) }
  const schema = format?.json_schema?.schema
  return { ...message, content: schema ? JSON.stringify(sampleOf(schema, question)) : answerTo(question) }
}

function usageOf({ messages }, { content }) {
  const [asked, answered] = [countWords(JSON.stringify(messages)), countWords(content ?? 'call')]
  return { prompt_tokens: asked, completion_tokens: answered, total_tokens: asked + answered }
}

function reasonOf(message) {
  if (message.tool_calls) return 'tool_calls'
  return message.function_call ? 'function_call' : 'stop'
}

const bodyOf = ({ model }, object) => ({ id: 'chatcmpl-1', object, created: 1, model, service_tier: 'default' })

export function chat(request) {
  const message = messageTo(request)
  const choices = [{ index: 0, message, logprobs: null, finish_reason: reasonOf(message) }]
  return { ...bodyOf(request, 'chat.completion'), choices, usage: usageOf(request, message) }
}

/** One chunk for each letter, the reason of the end, and usage when it is asked for. */
export function* chatChunks(request) {
  const message = messageTo(request)
  const { content, tool_calls: calls, function_call: call, ...start } = message
  const body = bodyOf(request, 'chat.completion.chunk')
  const chunk = (delta, reason = null) => ({
    ...body,
    choices: [{ index: 0, delta, logprobs: null, finish_reason: reason }],
  })
  yield chunk({ ...start, content: content === null ? null : '' })
  for (const letter of content ?? '') yield chunk({ content: letter })
  if (calls) yield chunk({ tool_calls: calls.map((one, index) => ({ index, ...one })) })
  if (call) yield chunk({ function_call: call })
  yield chunk({}, reasonOf(message))
  if (request.stream_options?.include_usage) yield { ...body, choices: [], usage: usageOf(request, message) }
}
