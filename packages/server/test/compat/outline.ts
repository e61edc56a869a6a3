/** What a reader sees of a trace, without ids and clocks: the same for every SDK that ran the same program. */
import { z } from '@xtrace/contract'
import type { LiveServer } from './live-server.ts'

const observation = z.object({
  id: z.string(),
  parentObservationId: z.string().nullable(),
  name: z.string(),
  type: z.string(),
  model: z.string().nullable(),
  input: z.unknown(),
  output: z.unknown(),
  metadata: z.record(z.string(), z.unknown()),
  usage: z.object({ input: z.number(), output: z.number(), total: z.number() }),
  calculatedTotalCost: z.number().nullable(),
})
type ObservationDto = z.infer<typeof observation>

const trace = z.object({
  id: z.string(),
  name: z.string().nullable(),
  userId: z.string().nullable(),
  sessionId: z.string().nullable(),
  version: z.string().nullable(),
  tags: z.array(z.string()),
  metadata: z.record(z.string(), z.unknown()),
  input: z.unknown(),
  output: z.unknown(),
  observations: z.array(observation),
})
export type TraceDto = z.infer<typeof trace>

/** One step and the steps below it, by name: some SDKs' clocks count whole milliseconds, so that starts can be equal. */
export interface Step {
  readonly name: string
  readonly type: string
  readonly model?: string
  readonly input?: unknown
  readonly output?: unknown
  readonly agentRole?: unknown
  readonly usage?: readonly number[]
  readonly isPriced?: boolean
  readonly steps: readonly Step[]
}

export interface Outline {
  readonly name: string | null
  readonly userId: string | null
  readonly sessionId: string | null
  readonly version: string | null
  readonly tags: readonly string[]
  readonly task: unknown
  readonly steps: readonly Step[]
}

/** GET /api/public/traces/{id}, parsed. */
export async function readTrace(server: LiveServer, id: string): Promise<TraceDto> {
  return trace.parse(await server.get(`/api/public/traces/${encodeURIComponent(id)}`))
}

const list = z.object({ data: z.array(z.object({ id: z.string() })) })

/** Ids of the newest traces of that name, newest first. */
export async function traceIds(server: LiveServer, name: string): Promise<string[]> {
  const page = list.parse(await server.get(`/api/public/traces?name=${encodeURIComponent(name)}&limit=100`))
  return page.data.map(({ id }) => id)
}

/**
 * The outline of a trace. SDKs that speak OpenTelemetry have a root span where the older ones have
 * the trace itself: a lone root of the trace's name counts as the trace.
 */
export function outlineOf(dto: TraceDto): Outline {
  const roots = childrenOf(dto, null)
  const [first] = roots
  const isWrapped = roots.length === 1 && first?.name === dto.name && first.type === 'SPAN'
  return {
    name: dto.name,
    userId: dto.userId,
    sessionId: dto.sessionId,
    version: dto.version,
    tags: dto.tags,
    task: dto.metadata['task'],
    steps: (isWrapped ? childrenOf(dto, first.id) : roots).map((child) => stepOf(dto, child)),
  }
}

function childrenOf(dto: TraceDto, parent: string | null): ObservationDto[] {
  const known = new Set(dto.observations.map(({ id }) => id))
  return dto.observations
    .filter(({ parentObservationId: id }) => (parent === null ? id === null || !known.has(id) : id === parent))
    .sort((a, b) => a.name.localeCompare(b.name))
}

function stepOf(
  dto: TraceDto,
  { id, name, type, model, input, output, metadata, usage, ...rest }: ObservationDto,
): Step {
  return {
    name,
    type,
    ...(model !== null && { model }),
    ...(input !== null && { input }),
    ...(output !== null && { output }),
    ...(metadata['agent_role'] !== undefined && { agentRole: metadata['agent_role'] }),
    ...(usage.total > 0 && { usage: [usage.input, usage.output, usage.total] }),
    ...(rest.calculatedTotalCost !== null && { isPriced: rest.calculatedTotalCost > 0 }),
    steps: childrenOf(dto, id).map((child) => stepOf(dto, child)),
  }
}
