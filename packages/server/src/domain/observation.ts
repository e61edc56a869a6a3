import type { CostMap, Experiment, Origin, UsageMap } from '#domain/change.ts'
import type { ObservationId, ProjectId, TraceId } from '#domain/ids.ts'
import type { Nanos } from '#domain/time.ts'

export const OBSERVATION_TYPES = [
  'SPAN',
  'GENERATION',
  'EVENT',
  'AGENT',
  'TOOL',
  'CHAIN',
  'RETRIEVER',
  'EVALUATOR',
  'EMBEDDING',
  'GUARDRAIL',
] as const
export type ObservationType = (typeof OBSERVATION_TYPES)[number]

export const OBSERVATION_LEVELS = ['DEBUG', 'DEFAULT', 'WARNING', 'ERROR'] as const
export type ObservationLevel = (typeof OBSERVATION_LEVELS)[number]

/** One step of a trace, whole: merged, priced, ready to store or to show. Absent is undefined; text is never ''. */
export interface Observation {
  readonly projectId: ProjectId
  readonly id: ObservationId
  readonly traceId: TraceId
  readonly type: ObservationType
  readonly parentObservationId: string | undefined
  readonly name: string | undefined
  readonly startTime: Nanos
  readonly endTime: Nanos | undefined
  readonly completionStartTime: Nanos | undefined
  readonly environment: string
  readonly level: ObservationLevel
  readonly statusMessage: string | undefined
  readonly version: string | undefined
  readonly release: string | undefined
  /** As the client named it; the matched price entry is `modelId`. */
  readonly model: string | undefined
  readonly modelId: string | undefined
  /** JSON text of one object. */
  readonly modelParameters: string | undefined
  readonly input: string | undefined
  readonly output: string | undefined
  /** JSON text of one object; `{}` when there is none. */
  readonly metadata: string
  readonly providedUsage: UsageMap
  readonly providedCost: CostMap
  readonly usage: UsageMap
  readonly cost: CostMap
  /** US dollars; undefined when unknown. */
  readonly totalCost: number | undefined
  readonly pricingTierId: string | undefined
  readonly pricingTierName: string | undefined
  readonly promptId: string | undefined
  readonly promptName: string | undefined
  readonly promptVersion: number | undefined
  readonly toolDefinitions: Readonly<Record<string, string>>
  readonly toolCalls: readonly string[]
  readonly toolCallNames: readonly string[]
  readonly userId: string | undefined
  readonly sessionId: string | undefined
  readonly traceName: string | undefined
  readonly tags: readonly string[]
  readonly isPublic: boolean
  readonly isAppRoot: boolean
  readonly experiment: Experiment
  readonly origin: Origin
  /** Milliseconds since the epoch. */
  readonly createdAt: number
  readonly updatedAt: number
}
