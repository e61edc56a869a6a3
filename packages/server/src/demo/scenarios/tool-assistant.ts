import { type DemoSpan, exportRequest } from '#demo/otlp.ts'
import { type Clock, type DemoRequest, type DemoRun, startClock } from '#demo/scenario.ts'
import { MODELS, TOPICS, type Topic, tokensIn } from '#demo/texts.ts'

/** An assistant with tools, in OpenTelemetry's own conventions for generative AI, messages as parts. */
export function toolAssistant(run: DemoRun): DemoRequest[] {
  const { random } = run
  const topic = random.pick(TOPICS)
  const talk: Talk = {
    run,
    topic,
    model: random.pick(MODELS),
    clock: startClock(run.startMs),
    ids: { traceId: random.hex(32), parentSpanId: random.hex(16) },
    history: [{ role: 'user', parts: [{ type: 'text', content: topic.question }] }],
  }
  const calls = random.int(1, 4)
  const turns = Array.from({ length: calls }, (_, turn) => useTool(talk, run.fails && turn === calls - 1))
  const spans = [...turns.flat(), chat(talk, { type: 'text', content: topic.answer }), invocation(talk)]
  return [{ to: 'otlp', body: exportRequest(SENDER, spans), observations: spans.length }]
}

interface Part {
  readonly type: string
  readonly [name: string]: unknown
}

interface Talk {
  readonly run: DemoRun
  readonly topic: Topic
  readonly model: string
  readonly clock: Clock
  readonly ids: { readonly traceId: string; readonly parentSpanId: string }
  /** Messages so far. */
  readonly history: object[]
}

function chat({ run, model, clock, ids, history }: Talk, reply: Part): DemoSpan {
  const { random } = run
  const finish_reason = reply.type === 'text' ? 'stop' : 'tool_call'
  const span = {
    ...ids,
    spanId: random.hex(16),
    name: `chat ${model}`,
    ...clock.pass(random.latency(900)),
    attributes: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': model.startsWith('claude') ? 'anthropic' : 'openai',
      'gen_ai.request.model': model,
      'gen_ai.response.model': model,
      'gen_ai.request.temperature': 0.7,
      'gen_ai.system_instructions': JSON.stringify([{ type: 'text', content: 'Use tools before you answer.' }]),
      'gen_ai.input.messages': JSON.stringify(history),
      'gen_ai.output.messages': JSON.stringify([{ role: 'assistant', parts: [reply], finish_reason }]),
      'gen_ai.usage.input_tokens': tokensIn(JSON.stringify(history)) + random.int(150, 600),
      'gen_ai.usage.output_tokens': tokensIn(JSON.stringify(reply)),
    },
  }
  history.push({ role: 'assistant', parts: [reply] })
  return span
}

function useTool(talk: Talk, fails: boolean): DemoSpan[] {
  const { run, topic, clock, ids, history } = talk
  const { random } = run
  const call = { type: 'tool_call', id: `call_${random.hex(8)}`, name: 'lookup', arguments: { query: topic.query } }
  const asked = chat(talk, call)
  const response = fails ? 'timeout after 10 s' : random.pick(topic.facts)
  history.push({ role: 'tool', parts: [{ type: 'tool_call_response', id: call.id, response }] })
  const used = {
    ...ids,
    spanId: random.hex(16),
    name: 'execute_tool lookup',
    ...clock.pass(fails ? 10_000 : random.latency(300)),
    attributes: {
      'gen_ai.operation.name': 'execute_tool',
      'gen_ai.tool.name': 'lookup',
      'gen_ai.tool.call.id': call.id,
      'gen_ai.tool.call.arguments': JSON.stringify(call.arguments),
      ...(!fails && { 'gen_ai.tool.call.result': JSON.stringify({ text: response }) }),
    },
    ...(fails && { error: response }),
  }
  return [asked, used]
}

const invocation = ({ run, clock, ids }: Talk): DemoSpan => ({
  traceId: ids.traceId,
  spanId: ids.parentSpanId,
  name: 'invoke_agent concierge',
  startMs: run.startMs,
  endMs: clock.now() + 1,
  attributes: {
    'gen_ai.operation.name': 'invoke_agent',
    'gen_ai.agent.name': 'concierge',
    'gen_ai.conversation.id': run.session,
    'session.id': run.session,
    'user.id': run.user,
    'deployment.environment.name': run.environment,
  },
})

const SENDER = {
  resource: { 'service.name': 'concierge', 'telemetry.sdk.language': 'python' },
  scope: { name: 'opentelemetry.instrumentation.openai_v2', version: '2.3b0' },
}
