import type { ObservationChange } from '#domain/change.ts'
import type { TraceId } from '#domain/ids.ts'
import type { Observation, ObservationLevel, ObservationType } from '#domain/observation.ts'
import type { Nanos } from '#domain/time.ts'
import { unionOfTags } from './merge.ts'
import { NO_METADATA } from './metadata.ts'
import { rankOfInstant, ranksOf } from './rank.ts'

/** What `enrichObservation` fills in. */
export const NOTHING_DERIVED = {
  modelId: undefined,
  usage: {},
  cost: {},
  totalCost: undefined,
  pricingTierId: undefined,
  pricingTierName: undefined,
  toolDefinitions: {},
  toolCalls: [],
  toolCallNames: [],
} as const

/** A change in which nothing is left to defaults, nothing is cleared and everything is said at the observation's own time. */
interface WholeChange extends ObservationChange {
  readonly traceId: TraceId
  readonly startTime: Nanos
  readonly environment: string
  readonly type: ObservationType
  readonly level: ObservationLevel
}

/**
 * What the fold of one change gives that says all at once, as a span does, without the ranks: its
 * clock is ''. Undefined for any other change. Most of what is recorded passes here.
 */
export function wholeObservation(change: ObservationChange): Observation | undefined {
  if (!isWhole(change)) return undefined
  const { startTime, receivedAt } = change
  return {
    projectId: change.projectId,
    id: change.id,
    traceId: change.traceId,
    type: change.type,
    parentObservationId: change.parentObservationId,
    name: change.name ?? undefined,
    startTime,
    endTime: change.endTime,
    completionStartTime: change.completionStartTime,
    environment: change.environment,
    level: change.level,
    statusMessage: change.statusMessage,
    version: change.version,
    release: change.release,
    model: change.model ?? undefined,
    modelParameters: change.modelParameters || undefined,
    input: change.input || undefined,
    output: change.output || undefined,
    metadata: change.metadata ?? NO_METADATA,
    providedUsage: change.usage ?? {},
    providedCost: change.cost ?? {},
    ...NOTHING_DERIVED,
    ...promptOf(change),
    userId: change.userId,
    sessionId: change.sessionId,
    traceName: change.traceName,
    tags: change.tags ? unionOfTags([], [change]) : [],
    isPublic: change.isPublic ?? false,
    isAppRoot: change.isAppRoot ?? false,
    experiment: change.experiment ?? {},
    origin: change.origin,
    createdAt: receivedAt,
    updatedAt: receivedAt,
  }
}

/** Without a name it says nothing. */
function promptOf({ promptId, promptName, promptVersion }: ObservationChange) {
  return promptName ? { promptId, promptName, promptVersion } : NO_PROMPT
}

const NO_PROMPT = { promptId: undefined, promptName: undefined, promptVersion: undefined } as const

function isWhole(change: ObservationChange): change is WholeChange {
  const { startTime, endTime, environment, type, level } = change
  if (startTime === undefined || change.traceId === undefined) return false
  if (environment === undefined || type === undefined || !level) return false
  // An end before the start is hidden, which the clock notes.
  if (endTime !== undefined && endTime < startTime) return false
  if (change.isPublic === false || change.isAppRoot === false) return false
  return clearsNothing(change) && ranksOf(change).latest === rankOfInstant(startTime)
}

/** To clear a field has a rank, although the field is then as if it was never set. */
function clearsNothing(change: ObservationChange): boolean {
  return (
    isSetOrAbsent(change.name) &&
    isSetOrAbsent(change.model) &&
    isSetOrAbsent(change.parentObservationId) &&
    isSetOrAbsent(change.statusMessage) &&
    isSetOrAbsent(change.version) &&
    isSetOrAbsent(change.release) &&
    isSetOrAbsent(change.userId) &&
    isSetOrAbsent(change.sessionId) &&
    isSetOrAbsent(change.traceName)
  )
}

const isSetOrAbsent = (text: string | null | undefined) => text !== '' && text !== null
