import { type Attributes, type DemoSpan, exportRequest } from './otlp.ts'
import type { Random } from './random.ts'
import type { DemoRequest } from './scenario.ts'

const SPANS_A_REQUEST = 1000
const LENGTH_MS = 50 * 60_000
const SENDER = {
  resource: { 'service.name': 'migration-agent', 'telemetry.sdk.language': 'python' },
  scope: { name: 'langfuse-sdk', version: '4.18.0' },
}

interface Kind {
  readonly type: string
  readonly name: string
}

const KINDS: readonly [Kind, ...Kind[]] = [
  { type: 'agent', name: 'migrate-file' },
  { type: 'generation', name: 'rewrite' },
  { type: 'tool', name: 'run-tests' },
  { type: 'span', name: 'parse' },
]

/** What others can lie in. */
interface Frame {
  readonly spanId: string
  readonly startMs: number
  readonly endMs: number
}

/** One trace of so many observations, deep in places and wide in others, with a few errors. */
export function* hugeTrace(
  random: Random,
  { observations, endMs }: { readonly observations: number; readonly endMs: number },
): Generator<DemoRequest> {
  const traceId = random.hex(32)
  const startMs = endMs - LENGTH_MS - 10 * 60_000
  const root: Frame = { spanId: random.hex(16), startMs, endMs: startMs + LENGTH_MS }
  const frames = [root]
  let spans: DemoSpan[] = [rootSpan(traceId, root)]
  for (let made = 1; made < observations; made++) {
    const kind = random.pick(KINDS)
    const parent = parentAmong(random, frames) ?? root
    const frame = within(random, parent)
    if (kind.type !== 'tool') frames.push(frame)
    spans.push({
      traceId,
      ...frame,
      parentSpanId: parent.spanId,
      name: kind.name,
      attributes: attributesOf(kind),
      ...(random.chance(0.004) && { error: 'The tests did not pass' }),
    })
    if (spans.length < SPANS_A_REQUEST) continue
    yield requestOf(spans)
    spans = []
  }
  if (spans.length > 0) yield requestOf(spans)
}

const requestOf = (spans: readonly DemoSpan[]): DemoRequest => ({
  to: 'otlp',
  body: exportRequest(SENDER, spans),
  observations: spans.length,
})

const rootSpan = (traceId: string, frame: Frame): DemoSpan => ({
  traceId,
  ...frame,
  name: 'migrate-repository',
  attributes: {
    'langfuse.observation.type': 'agent',
    'langfuse.trace.name': 'migrate-repository',
    'langfuse.trace.tags': ['huge'],
  },
})

/** Mostly one of the newest, which makes it deep; sometimes any, which makes it wide. */
function parentAmong(random: Random, frames: readonly Frame[]): Frame | undefined {
  const newest = frames.length - 1
  return frames[random.chance(0.7) ? Math.max(0, newest - random.int(0, 11)) : random.int(0, newest)]
}

function within(random: Random, { startMs, endMs }: Frame): Frame {
  const from = startMs + random.fraction() * (endMs - startMs) * 0.6
  const to = from + (endMs - from) * (0.2 + random.fraction() * 0.7)
  return { spanId: random.hex(16), startMs: from, endMs: to }
}

const attributesOf = ({ type }: Kind): Attributes => ({
  'langfuse.observation.type': type,
  ...(type === 'generation' && {
    'langfuse.observation.model.name': 'gpt-4o-mini',
    'langfuse.observation.usage_details': '{"input":900,"output":120}',
    'langfuse.observation.input': 'Rewrite this file for the new interface.',
  }),
})
