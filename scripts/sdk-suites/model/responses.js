/** OpenAI's responses, whole and as events: a message, or a call of the first tool. */
import { answerTo, callOf, countWords } from './answers.js'

function itemTo({ input, tools }) {
  const question = JSON.stringify([input].flat().at(-1))
  const isCalled = [input].flat().some(({ type }) => type === 'function_call_output')
  if (!isCalled && tools?.length > 0) {
    return { type: 'function_call', id: 'fc_1', call_id: 'call_1', status: 'completed', ...callOf(tools[0], question) }
  }
  const content = [{ type: 'output_text', text: answerTo(question), annotations: [] }]
  return { type: 'message', id: 'msg_1', role: 'assistant', status: 'completed', content }
}

function usageOf({ input }, item) {
  const [asked, answered] = [countWords(JSON.stringify(input)), countWords(JSON.stringify(item))]
  return { input_tokens: asked, output_tokens: answered, total_tokens: asked + answered }
}

const bodyOf = ({ model }) => ({ id: 'resp_1', object: 'response', created_at: 1, model, status: 'completed' })

export function response(request) {
  const item = itemTo(request)
  return { ...bodyOf(request), output: [item], usage: usageOf(request, item) }
}

export function* responseEvents(request) {
  const whole = response(request)
  const [item] = whole.output
  yield { type: 'response.created', response: { ...bodyOf(request), status: 'in_progress' } }
  yield { type: 'response.output_item.added', output_index: 0, item: { ...item, content: [] } }
  for (const letter of item.content?.[0].text ?? '') {
    yield { type: 'response.output_text.delta', item_id: item.id, output_index: 0, content_index: 0, delta: letter }
  }
  yield { type: 'response.output_item.done', output_index: 0, item }
  yield { type: 'response.completed', response: whole }
}
