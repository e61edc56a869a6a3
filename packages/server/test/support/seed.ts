/** Puts traces, observations, scores and points straight into an engine; a test names only what it cares about. */
import type { Origin } from '#domain/change.ts'
import { observationId, type ProjectId, projectId, scoreId, traceId } from '#domain/ids.ts'
import type { Observation } from '#domain/observation.ts'
import type { Score } from '#domain/score.ts'
import { type Nanos, parseIso } from '#domain/time.ts'
import type { Trace } from '#domain/trace.ts'
import type { Engine } from '#store/engine.ts'
import { hash64, toMetricPointRow, toMetricSeriesRow } from '#store/rows/metric.ts'
import { toObservationRow } from '#store/rows/observation.ts'
import { toScoreRow } from '#store/rows/score.ts'
import { tombstone } from '#store/rows/tombstone.ts'
import { toTraceRow } from '#store/rows/trace.ts'

/** The project that seeds belong to unless they say otherwise. */
export const PROJECT = projectId('p1')
export const OTHER_PROJECT = projectId('p2')

/** `2026-01-02T03:04:05Z` to nanoseconds. */
export function at(iso: string): Nanos {
  const nanos = parseIso(iso)
  if (nanos === undefined) throw new Error(`Not an instant: ${iso}`)
  return nanos
}

type TraceSeed = Partial<Omit<Trace, 'id'>> & { readonly id: string }
type ObservationSeed = Partial<Omit<Observation, 'id' | 'traceId'>> & {
  readonly id: string
  readonly traceId: string
}
type ScoreSeed = Partial<Omit<Score, 'id' | 'traceId' | 'observationId'>> & {
  readonly id: string
  readonly traceId?: string
  readonly observationId?: string
}

const NOON = at('2026-01-02T12:00:00Z')
const CREATED = Date.parse('2026-01-02T12:00:01Z')
const origin: Origin = { apiKey: 'pk', sdkName: 'test', sdkVersion: '1', via: 'api' }

function traceOf(seed: TraceSeed): Trace {
  return {
    projectId: PROJECT,
    timestamp: NOON,
    name: undefined,
    userId: undefined,
    sessionId: undefined,
    release: undefined,
    version: undefined,
    externalId: undefined,
    environment: 'default',
    isPublic: false,
    isBookmarked: false,
    tags: [],
    input: undefined,
    output: undefined,
    metadata: '{}',
    origin,
    createdAt: CREATED,
    updatedAt: CREATED,
    ...seed,
    id: traceId(seed.id),
  }
}

function observationOf(seed: ObservationSeed): Observation {
  return {
    projectId: PROJECT,
    type: 'SPAN',
    parentObservationId: undefined,
    name: undefined,
    startTime: NOON,
    endTime: undefined,
    completionStartTime: undefined,
    environment: 'default',
    level: 'DEFAULT',
    statusMessage: undefined,
    version: undefined,
    release: undefined,
    model: undefined,
    modelId: undefined,
    modelParameters: undefined,
    input: undefined,
    output: undefined,
    metadata: '{}',
    providedUsage: {},
    providedCost: {},
    usage: {},
    cost: {},
    totalCost: undefined,
    pricingTierId: undefined,
    pricingTierName: undefined,
    promptId: undefined,
    promptName: undefined,
    promptVersion: undefined,
    toolDefinitions: {},
    toolCalls: [],
    toolCallNames: [],
    userId: undefined,
    sessionId: undefined,
    traceName: undefined,
    tags: [],
    isPublic: false,
    isAppRoot: false,
    experiment: {},
    origin,
    createdAt: CREATED,
    updatedAt: CREATED,
    ...seed,
    id: observationId(seed.id),
    traceId: traceId(seed.traceId),
  }
}

function scoreOf({ traceId: ofTrace, observationId: ofObservation, ...seed }: ScoreSeed): Score {
  return {
    projectId: PROJECT,
    timestamp: NOON,
    traceId: ofTrace === undefined ? undefined : traceId(ofTrace),
    observationId: ofObservation === undefined ? undefined : observationId(ofObservation),
    sessionId: undefined,
    datasetRunId: undefined,
    name: 'quality',
    dataType: 'NUMERIC',
    value: 0,
    stringValue: undefined,
    source: 'API',
    environment: 'default',
    comment: undefined,
    metadata: '{}',
    configId: undefined,
    queueId: undefined,
    executionTraceId: undefined,
    authorUserId: undefined,
    origin,
    createdAt: CREATED,
    updatedAt: CREATED,
    ...seed,
    id: scoreId(seed.id),
  }
}

export interface PointSeed {
  readonly name: string
  readonly labels?: Readonly<Record<string, string>>
  readonly value: number
  readonly time: Nanos
  readonly projectId?: ProjectId
}

export interface Seeder {
  traces(...seeds: readonly TraceSeed[]): Promise<void>
  observations(...seeds: readonly ObservationSeed[]): Promise<void>
  scores(...seeds: readonly ScoreSeed[]): Promise<void>
  /** Rows that take the seeds' rows away. */
  removedTraces(...seeds: readonly TraceSeed[]): Promise<void>
  points(...seeds: readonly PointSeed[]): Promise<void>
}

/** `name` tells its inserts from those of another seeder over the same engine; of rows with one id the highest version holds. */
export function createSeeder(engine: Engine, name = 'seed', rowVersion = () => 1): Seeder {
  let inserts = 0
  const token = () => `${name}-${inserts++}`
  const folded = <T>(entity: T) => ({ entity, clock: '' })
  return {
    traces: (...seeds) =>
      engine.insert(
        'traces',
        seeds.map((seed) => toTraceRow(folded(traceOf(seed)), rowVersion())),
        token(),
      ),
    observations: (...seeds) =>
      engine.insert(
        'observations',
        seeds.map((seed) => toObservationRow(folded(observationOf(seed)), rowVersion())),
        token(),
      ),
    scores: (...seeds) =>
      engine.insert(
        'scores',
        seeds.map((seed) => toScoreRow(folded(scoreOf(seed)), rowVersion())),
        token(),
      ),
    removedTraces: (...seeds) =>
      engine.insert(
        'traces',
        seeds.map((seed) => tombstone(toTraceRow(folded(traceOf(seed)), 1), rowVersion() + 2)),
        token(),
      ),
    async points(...seeds) {
      const points = seeds.map(({ name, labels = {}, value, time, projectId: project = PROJECT }) => ({
        project,
        point: { name, labels, value, timestamp: time },
      }))
      await engine.insert(
        'metric_series',
        points.map(({ project, point }) => toMetricSeriesRow(project, point)),
        token(),
      )
      await engine.insert(
        'metric_points',
        points.map(({ project, point }, index) => toMetricPointRow(project, point, hash64(`${inserts}-${index}`))),
        token(),
      )
    },
  }
}
