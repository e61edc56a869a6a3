import { type DemoSpan, exportRequest } from '#demo/otlp.ts'
import { type Clock, type DemoRequest, type DemoRun, startClock } from '#demo/scenario.ts'
import { tokensIn } from '#demo/texts.ts'

/** A graph of nodes that loops until the tests pass, as LangGraph's callbacks report it, with a verdict of the reviewer. */
export function codeGraph(run: DemoRun): DemoRequest[] {
  const { random } = run
  const graph: Graph = { run, clock: startClock(run.startMs), traceId: random.hex(32), root: random.hex(16) }
  const rounds = random.int(1, run.fails ? 5 : 4)
  const steps = Array.from({ length: rounds }, (_, round) => oneRound(graph, round, round === rounds - 1 && !run.fails))
  const spans = [...steps.flat(), rootSpan(graph, rounds)]
  return [
    { to: 'otlp', body: exportRequest(SENDER, spans), observations: spans.length },
    { to: 'ingestion', body: { batch: [verdict(graph)] }, observations: 0 },
  ]
}

interface Graph {
  readonly run: DemoRun
  readonly clock: Clock
  readonly traceId: string
  readonly root: string
}

const TASK = 'Invoices of 0.005 are rounded down; make them half-up.'

function oneRound(graph: Graph, round: number, passes: boolean): DemoSpan[] {
  const { random } = graph.run
  const write = node(graph, { name: 'write', step: round * 3 + 1, ms: random.latency(3200) })
  const lint = node(graph, { name: 'lint', step: round * 3 + 2, ms: random.latency(240) })
  const test = node(graph, { name: 'test', step: round * 3 + 3, ms: random.latency(5200) })
  const counts = { passed: passes ? 42 : 40 - round, failed: passes ? 0 : 2 }
  return [
    write,
    generation(graph, write, round),
    lint,
    {
      ...test,
      attributes: { ...test.attributes, 'langfuse.observation.output': JSON.stringify(counts) },
      ...(!passes && { error: '2 of 42 tests failed: test_rounding, test_zero_price' }),
    },
  ]
}

function node({ run, clock, traceId, root }: Graph, { name, step, ms }: { name: string; step: number; ms: number }) {
  return {
    traceId,
    spanId: run.random.hex(16),
    parentSpanId: root,
    name,
    ...clock.pass(ms),
    attributes: {
      'langfuse.observation.type': name === 'test' ? 'tool' : 'chain',
      'langfuse.observation.metadata.langgraph_node': name,
      'langfuse.observation.metadata.langgraph_step': String(step),
    },
  }
}

const rootSpan = ({ run, clock, traceId, root }: Graph, rounds: number): DemoSpan => ({
  traceId,
  spanId: root,
  name: 'fix-invoice-rounding',
  startMs: run.startMs,
  endMs: clock.now() + 2,
  attributes: {
    'langfuse.observation.type': 'agent',
    'langfuse.trace.name': 'code-graph',
    'langfuse.trace.tags': ['langgraph', 'code'],
    'user.id': run.user,
    'session.id': run.session,
    'langfuse.environment': run.environment,
    'langfuse.version': run.version,
    'langfuse.observation.input': JSON.stringify({ task: TASK }),
    'langfuse.observation.output': JSON.stringify({ merged: !run.fails, rounds }),
  },
})

function verdict({ run, clock, traceId }: Graph): object {
  const { random, fails, environment } = run
  const value = fails ? 'rejected' : random.pick(['merged', 'merged', 'needs work'])
  return {
    id: random.hex(32),
    type: 'score-create',
    timestamp: new Date(clock.now() + 1000).toISOString(),
    body: { id: random.hex(32), traceId, name: 'review', dataType: 'CATEGORICAL', value, environment },
  }
}

const SENDER = {
  resource: { 'service.name': 'code-graph', 'telemetry.sdk.language': 'python' },
  scope: { name: 'langfuse-sdk', version: '4.18.0' },
}

const CODE = 'def round_price(value: Decimal) -> Decimal:\n    return value.quantize(CENT, rounding=ROUND_HALF_UP)\n'

/** The call of the model within a node. */
function generation({ run, traceId }: Graph, within: DemoSpan, round: number): DemoSpan {
  const messages = [
    { role: 'user', content: TASK },
    ...Array.from({ length: round }, () => ({ role: 'user', content: '2 of 42 tests failed: test_zero_price' })),
  ]
  const input = tokensIn(JSON.stringify(messages)) + 2400 + round * 900
  const { startMs, endMs = startMs } = within
  return {
    traceId,
    spanId: run.random.hex(16),
    parentSpanId: within.spanId,
    name: 'ChatAnthropic',
    startMs: startMs + 1,
    endMs: Math.max(startMs + 2, endMs - 1),
    attributes: {
      'langfuse.observation.type': 'generation',
      'langfuse.observation.model.name': 'claude-sonnet-4-5',
      'langfuse.observation.input': JSON.stringify(messages),
      'langfuse.observation.output': JSON.stringify({
        role: 'assistant',
        content: [{ type: 'text', text: `\`\`\`python\n${CODE}\`\`\`` }],
      }),
      'langfuse.observation.usage_details': JSON.stringify({
        input: Math.floor(input * 0.3),
        cache_read_input_tokens: Math.ceil(input * 0.7),
        output: tokensIn(CODE),
      }),
    },
  }
}
