import { type Attributes, type DemoSpan, exportRequest } from '#demo/otlp.ts'
import { type DemoRequest, type DemoRun, startClock } from '#demo/scenario.ts'
import { TOPICS, type Topic, tokensIn } from '#demo/texts.ts'

/** Retrieval, re-ranking and an answer, in OpenInference's attributes. */
export function documentChat(run: DemoRun): DemoRequest[] {
  const { random } = run
  const topic = random.pick(TOPICS)
  const clock = startClock(run.startMs + 2)
  const ids = { traceId: random.hex(32), parentSpanId: random.hex(16) }
  const step = (name: string, ms: number, attributes: Attributes): DemoSpan => ({
    ...ids,
    spanId: random.hex(16),
    name,
    ...clock.pass(ms),
    attributes,
  })
  const reply = run.fails ? 'I could not find anything about that in the documents.' : topic.answer
  const spans: DemoSpan[] = [
    step('OpenAIEmbedding', random.latency(60), embedding(topic)),
    {
      ...step('VectorIndexRetriever', random.latency(140), retrieval(run, topic)),
      ...(run.fails && { error: 'index shard 3 did not answer in time' }),
    },
    step('Reranker', random.latency(220), reranking(topic)),
    step('ChatCompletion', random.latency(400 + tokensIn(reply) * 14), completion(run, topic, reply)),
  ]
  spans.push({
    traceId: ids.traceId,
    spanId: ids.parentSpanId,
    name: 'document-chat',
    startMs: run.startMs,
    endMs: clock.now() + 3,
    attributes: chain(run, topic, reply),
  })
  return [{ to: 'otlp', body: exportRequest(SENDER, spans), observations: spans.length }]
}

const embedding = ({ question }: Topic): Attributes => ({
  'openinference.span.kind': 'EMBEDDING',
  'embedding.model_name': 'text-embedding-3-small',
  'embedding.embeddings.0.embedding.text': question,
  'llm.token_count.prompt': tokensIn(question),
  'llm.token_count.total': tokensIn(question),
})

const retrieval = (run: DemoRun, { question, facts }: Topic): Attributes => ({
  'openinference.span.kind': 'RETRIEVER',
  'input.value': question,
  ...documents(run, facts),
})

const reranking = ({ question }: Topic): Attributes => ({
  'openinference.span.kind': 'RERANKER',
  'reranker.query': question,
  'reranker.model_name': 'rerank-v3.5',
  'reranker.top_k': 3,
})

function completion({ random }: DemoRun, { question, facts }: Topic, reply: string): Attributes {
  const prompt = tokensIn(question + facts.join('')) + random.int(300, 900)
  return {
    'openinference.span.kind': 'LLM',
    'llm.model_name': 'gpt-4o-mini',
    'llm.provider': 'openai',
    'llm.invocation_parameters': JSON.stringify({ temperature: 0 }),
    'llm.input_messages.0.message.role': 'system',
    'llm.input_messages.0.message.content': `Answer from these documents only:\n${facts.join('\n')}`,
    'llm.input_messages.1.message.role': 'user',
    'llm.input_messages.1.message.content': question,
    'llm.output_messages.0.message.role': 'assistant',
    'llm.output_messages.0.message.content': reply,
    'llm.token_count.prompt': prompt,
    'llm.token_count.completion': tokensIn(reply),
    'llm.token_count.total': prompt + tokensIn(reply),
  }
}

const chain = ({ session, user, environment }: DemoRun, { question }: Topic, reply: string): Attributes => ({
  'openinference.span.kind': 'CHAIN',
  'input.value': question,
  'output.value': reply,
  'tag.tags': ['rag', 'docs'],
  'session.id': session,
  'user.id': user,
  'deployment.environment.name': environment,
})

const SENDER = {
  resource: { 'service.name': 'document-chat', 'telemetry.sdk.language': 'python' },
  scope: { name: 'openinference.instrumentation.llama_index', version: '4.3.5' },
}

function documents({ random }: DemoRun, facts: readonly string[]): Record<string, string | number> {
  return Object.fromEntries(
    facts.flatMap((content, index) => {
      const prefix = `retrieval.documents.${index}.document`
      return [
        [`${prefix}.id`, `doc-${random.int(100, 999)}`],
        [`${prefix}.content`, content],
        [`${prefix}.score`, Math.round((0.95 - index * 0.11 - random.fraction() * 0.05) * 1000) / 1000],
      ]
    }),
  )
}
