import { type AttributeValue, type DemoSpan, exportRequest } from '#demo/otlp.ts'
import { type Clock, type DemoRequest, type DemoRun, startClock } from '#demo/scenario.ts'
import { TOPICS, type Topic, tokensIn } from '#demo/texts.ts'

/**
 * An agent that plans, executes and reflects until it is content, in the attributes of the Langfuse
 * SDKs that speak OpenTelemetry.
 */
export function researchAgent(run: DemoRun): DemoRequest[] {
  const { random } = run
  const topic = random.pick(TOPICS)
  const clock = startClock(run.startMs)
  const agent = new Recorder(run, clock)
  const root = agent.open('research-agent', undefined, { type: 'agent', input: { question: topic.question } })
  const cycles = random.int(1, run.fails ? 4 : 3)
  for (let cycle = 1; cycle <= cycles; cycle++) oneCycle(agent, { run, topic, root, cycle, isLast: cycle === cycles })
  agent.close(root, {
    output: run.fails ? null : topic.answer,
    ...(run.fails && { error: 'No answer after 4 cycles' }),
  })
  const body = exportRequest(SENDER, agent.spans)
  return [{ to: 'otlp', body, observations: agent.spans.length }]
}

const SENDER = {
  resource: { 'service.name': 'research-agent', 'telemetry.sdk.language': 'python' },
  scope: { name: 'langfuse-sdk', version: '4.18.0' },
}

interface Cycle {
  readonly run: DemoRun
  readonly topic: Topic
  readonly root: string
  readonly cycle: number
  readonly isLast: boolean
}

function oneCycle(agent: Recorder, { run, topic, root, cycle, isLast }: Cycle): void {
  const { random } = run
  const step = agent.open(`P3-Cycle-${cycle}`, root, { metadata: { step_id: `cycle-${cycle}` } })
  agent.generate('Plan', step, {
    role: 'Planner',
    messages: [
      { role: 'system', content: 'You plan research. Answer with numbered steps.' },
      { role: 'user', content: topic.question },
    ],
    reply: `1. Search for "${topic.query}".\n2. Read the ${random.int(2, 5)} best results.\n3. Check what contradicts them.`,
  })
  const execute = agent.open('Execute', step, {})
  for (let search = random.int(1, 6); search > 0; search--) {
    const fails = run.fails && random.chance(0.4)
    agent.call('web-search', execute, { input: { q: topic.query, page: search }, output: topic.facts, fails })
  }
  agent.close(execute, { output: { results: topic.facts.length } })
  agent.generate('Reflect', step, {
    role: 'Critic',
    messages: [
      { role: 'system', content: 'You judge whether the facts answer the question.' },
      { role: 'user', content: `${topic.question}\n\n${topic.facts.join('\n')}` },
    ],
    reply: isLast && !run.fails ? 'The facts suffice.' : 'Two claims have only one source. Search again.',
  })
  agent.close(step, { output: isLast ? 'content' : 'again' })
}

interface Opening {
  readonly type?: string
  readonly input?: unknown
  readonly metadata?: Readonly<Record<string, string>>
}

interface Closing {
  readonly output?: unknown
  readonly error?: string
}

interface Generation {
  readonly role: string
  readonly messages: readonly { readonly role: string; readonly content: string }[]
  readonly reply: string
}

/** Spans of one trace, while the clock goes on. */
class Recorder {
  readonly #run: DemoRun
  readonly #clock: Clock
  readonly #open = new Map<string, DemoSpan>()
  readonly #traceId: string
  readonly spans: DemoSpan[] = []

  constructor(run: DemoRun, clock: Clock) {
    this.#run = run
    this.#clock = clock
    this.#traceId = run.random.hex(32)
  }

  /** Gives the id of a span that has begun. */
  open(name: string, parent: string | undefined, { type = 'span', input, metadata = {} }: Opening): string {
    const { random, user, session, environment, version } = this.#run
    const spanId = random.hex(16)
    const ofTrace = parent === undefined && {
      'langfuse.trace.name': name,
      'langfuse.trace.tags': ['agent', 'research'],
      'user.id': user,
      'session.id': session,
      'langfuse.version': version,
    }
    this.#open.set(spanId, {
      traceId: this.#traceId,
      spanId,
      ...(parent !== undefined && { parentSpanId: parent }),
      name,
      startMs: this.#clock.pass(random.int(0, 3)).endMs,
      attributes: {
        'langfuse.observation.type': type,
        'langfuse.environment': environment,
        ...ofTrace,
        ...(input !== undefined && { 'langfuse.observation.input': JSON.stringify(input) }),
        ...prefixed('langfuse.observation.metadata.', metadata),
      },
    })
    return spanId
  }

  close(spanId: string, { output, error }: Closing, more: Readonly<Record<string, AttributeValue>> = {}): void {
    const span = this.#open.get(spanId)
    if (!span) return
    this.spans.push({
      ...span,
      endMs: this.#clock.pass(this.#run.random.int(0, 4)).endMs,
      ...(error !== undefined && { error }),
      attributes: {
        ...span.attributes,
        ...more,
        ...(output != null && { 'langfuse.observation.output': JSON.stringify(output) }),
        ...(error !== undefined && {
          'langfuse.observation.level': 'ERROR',
          'langfuse.observation.status_message': error,
        }),
      },
    })
  }

  call(name: string, parent: string, call: { input: unknown; output: unknown; fails: boolean }): void {
    const span = this.open(name, parent, { type: 'tool', input: call.input })
    this.#clock.pass(this.#run.random.latency(call.fails ? 5000 : 900))
    this.close(span, call.fails ? { error: 'HTTP 503 from the search backend' } : { output: call.output })
  }

  generate(name: string, parent: string, { role, messages, reply }: Generation): void {
    const { random } = this.#run
    const span = this.open(name, parent, { type: 'generation', input: messages, metadata: { agent_role: role } })
    const thinking = this.#clock.pass(random.latency(700))
    const output = tokensIn(reply)
    this.#clock.pass(random.latency(output * 18))
    const prompt = tokensIn(JSON.stringify(messages)) + random.int(200, 1800)
    const cached = random.chance(0.5) ? Math.floor(prompt * 0.6) : 0
    this.close(
      span,
      { output: { role: 'assistant', content: reply } },
      {
        'langfuse.observation.model.name': 'gpt-4o',
        'langfuse.observation.model.parameters': JSON.stringify({ temperature: 0.2, max_tokens: 800 }),
        'langfuse.observation.usage_details': JSON.stringify({
          input: prompt - cached,
          input_cached_tokens: cached,
          output,
        }),
        'langfuse.observation.completion_start_time': JSON.stringify(new Date(thinking.endMs).toISOString()),
      },
    )
  }
}

const prefixed = (prefix: string, values: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [`${prefix}${key}`, value]))
