/**
 * Demo data: what several programs with several instrumentations would have sent over a week.
 * The same seed and end give the same requests. Pure; sending them is somebody else's.
 */
import { gpuMetrics } from './gpu-metrics.ts'
import { hugeTrace } from './huge-trace.ts'
import { createRandom, type Random } from './random.ts'
import type { DemoRequest, Scenario } from './scenario.ts'
import { codeGraph } from './scenarios/code-graph.ts'
import { documentChat } from './scenarios/document-chat.ts'
import { researchAgent } from './scenarios/research-agent.ts'
import { supportChat } from './scenarios/support-chat.ts'
import { toolAssistant } from './scenarios/tool-assistant.ts'

export interface DemoOptions {
  readonly seed: number
  /** About so many; the last run is not cut. */
  readonly observations: number
  /** When the week ends, milliseconds since the epoch. */
  readonly endMs: number
  /** Observations of one more trace, which is for trying how much a view can bear; none when 0. */
  readonly hugeTrace: number
}

const WEEK_MS = 7 * 24 * 60 * 60 * 1000
const DAY_MS = 24 * 60 * 60 * 1000

const SCENARIOS: readonly [Scenario, ...Scenario[]] = [
  researchAgent,
  researchAgent,
  documentChat,
  documentChat,
  toolAssistant,
  supportChat,
  codeGraph,
]
const USERS = ['ada', 'grace', 'linus', 'margaret', 'alan', 'edsger', 'barbara', 'donald', 'radia', 'ken'] as const
const FAILURE_RATE = 0.06

/** All requests, in no order of time. */
export function* generateDemo({ seed, observations, endMs, hugeTrace: huge }: DemoOptions): Generator<DemoRequest> {
  const random = createRandom(seed)
  for (let made = 0; made < observations; ) {
    for (const request of oneRun(random, endMs)) {
      made += request.observations
      yield request
    }
  }
  yield* gpuMetrics(random, endMs - DAY_MS, endMs)
  if (huge > 0) yield* hugeTrace(random, { observations: huge, endMs })
}

function oneRun(random: Random, endMs: number): DemoRequest[] {
  const user = random.pick(USERS)
  const scenario = random.pick(SCENARIOS)
  return scenario({
    random,
    // More of them lately than a week ago.
    startMs: endMs - 120_000 - Math.floor(random.fraction() ** 1.7 * WEEK_MS),
    user,
    session: `${user}-${random.int(1, 40)}`,
    environment: random.pick(['production', 'production', 'production', 'staging']),
    version: random.pick(['1.4.0', '1.4.1', '1.5.0']),
    fails: random.chance(FAILURE_RATE),
  })
}
