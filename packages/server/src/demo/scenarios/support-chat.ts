import { type Clock, type DemoRequest, type DemoRun, startClock } from '#demo/scenario.ts'
import { TOPICS, tokensIn } from '#demo/texts.ts'

/** A picture of one grey pixel, as people send screenshots. */
const PIXEL =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mOsr6//DwAFXwJ6i1bN8QAAAABJRU5ErkJggg=='

/** A conversation with several turns, a trace each, in the batches of the Langfuse SDKs before OpenTelemetry, with feedback. */
export function supportChat(run: DemoRun): DemoRequest[] {
  const { random } = run
  const clock = startClock(run.startMs)
  const messages: object[] = [{ role: 'system', content: 'You are the support desk of a hosting company.' }]
  const turns = random.int(2, 6)
  return Array.from({ length: turns }, (_, turn) => {
    if (turn > 0) clock.pass(random.latency(turn === 2 ? 180_000 : 25_000))
    return oneTurn(run, { clock, messages, fails: run.fails && turn === turns - 1 })
  })
}

interface Turn {
  readonly clock: Clock
  /** So far; the turn adds its own. */
  readonly messages: object[]
  readonly fails: boolean
}

function oneTurn(run: DemoRun, { clock, messages, fails }: Turn): DemoRequest {
  const { random, user, session, environment, version } = run
  const topic = random.pick(TOPICS)
  const content = random.chance(0.15)
    ? [
        { type: 'text', text: topic.question },
        { type: 'image_url', image_url: { url: PIXEL } },
      ]
    : topic.question
  messages.push({ role: 'user', content })
  const [trace, classify, reply] = [random.hex(32), random.hex(16), random.hex(16)]
  const began = clock.now()
  const classified = clock.pass(random.latency(250))
  const answered = clock.pass(random.latency(1800))
  const prompt = tokensIn(JSON.stringify(messages))
  const output = { role: 'assistant', content: topic.answer }
  const event = (type: string, at: number, body: object) => ({
    id: random.hex(32),
    type,
    timestamp: iso(at),
    body: { ...body, environment },
  })
  const batch = [
    event('trace-create', began, {
      id: trace,
      name: 'support-chat',
      userId: user,
      sessionId: session,
      version,
      timestamp: iso(began),
      tags: ['support'],
      input: topic.question,
      ...(!fails && { output: topic.answer }),
      metadata: { channel: random.pick(['web', 'mail', 'phone']) },
    }),
    event('span-create', classified.startMs, {
      id: classify,
      traceId: trace,
      name: 'classify',
      startTime: iso(classified.startMs),
      endTime: iso(classified.endMs),
      output: { intent: random.pick(['billing', 'outage', 'how-to']) },
    }),
    event('generation-create', answered.startMs, {
      id: reply,
      traceId: trace,
      name: 'reply',
      model: 'gpt-4.1-mini',
      modelParameters: { temperature: 0.3 },
      startTime: iso(answered.startMs),
      endTime: iso(answered.endMs),
      completionStartTime: iso(answered.startMs + random.int(150, 500)),
      input: [...messages],
      ...(fails ? { level: 'ERROR', statusMessage: 'Rate limit reached for gpt-4.1-mini (429)' } : { output }),
      usage: { input: prompt, output: fails ? 0 : tokensIn(topic.answer), unit: 'TOKENS' },
    }),
    ...(random.chance(0.4) ? [event('score-create', answered.endMs + 4000, feedback(run, trace, fails))] : []),
  ]
  if (!fails) messages.push(output)
  return { to: 'ingestion', body: { batch }, observations: 2 }
}

function feedback({ random }: DemoRun, traceId: string, fails: boolean): object {
  return {
    id: random.hex(32),
    traceId,
    name: 'user-feedback',
    dataType: 'NUMERIC',
    value: fails ? 0 : random.pick([1, 1, 1, 0.5, 0]),
    ...(fails && { comment: 'No answer at all.' }),
  }
}

const iso = (ms: number): string => new Date(ms).toISOString()
