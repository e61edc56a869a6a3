/** OpenAI's older completions of a text, and its embeddings. */
import { answerTo, countWords } from './answers.js'

const bodyOf = ({ model }, choices) => ({ id: 'cmpl-1', object: 'text_completion', created: 1, model, choices })

const choice = (text, reason) => ({ index: 0, text, logprobs: null, finish_reason: reason })

function usageOf({ prompt }) {
  const [asked, answered] = [countWords(prompt), countWords(answerTo(prompt))]
  return { prompt_tokens: asked, completion_tokens: answered, total_tokens: asked + answered }
}

export const completion = (request) => ({
  ...bodyOf(request, [choice(answerTo(request.prompt), 'stop')]),
  usage: usageOf(request),
})

export function* completionChunks(request) {
  for (const letter of answerTo(request.prompt)) yield bodyOf(request, [choice(letter, null)])
  yield bodyOf(request, [choice('', 'stop')])
  if (request.stream_options?.include_usage) yield { ...bodyOf(request, []), usage: usageOf(request) }
}

export function embeddings({ model, input }) {
  const texts = [input].flat()
  const tokens = texts.reduce((sum, text) => sum + countWords(text), 0)
  return {
    object: 'list',
    model,
    data: texts.map((_, index) => ({ object: 'embedding', index, embedding: [0.25, 0.5, 0.75] })),
    usage: { prompt_tokens: tokens, total_tokens: tokens },
  }
}
