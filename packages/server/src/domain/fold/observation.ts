import type { Experiment, ObservationChange } from '#domain/change.ts'
import type { Folded } from '#domain/folded.ts'
import { traceId } from '#domain/ids.ts'
import type { Observation } from '#domain/observation.ts'
import { nanosFromMs } from '#domain/time.ts'
import { type Clock, layout } from './clock.ts'
import { type FoldRules, fold } from './fold.ts'
import { type Merge, unionOfTags } from './merge.ts'
import { NO_METADATA } from './metadata.ts'
import { NOTHING_DERIVED, wholeObservation } from './whole-observation.ts'

/** `prompt` is the prompt's id, name and version together. */
export type ObservationField =
  | 'traceId'
  | 'startTime'
  | 'environment'
  | 'type'
  | 'parentObservationId'
  | 'name'
  | 'endTime'
  | 'completionStartTime'
  | 'level'
  | 'statusMessage'
  | 'version'
  | 'release'
  | 'model'
  | 'modelParameters'
  | 'input'
  | 'output'
  | 'usage'
  | 'cost'
  | 'prompt'
  | 'userId'
  | 'sessionId'
  | 'traceName'
  | 'isPublic'
  | 'isAppRoot'
  | 'experiment'
  | 'origin'

const RULES: FoldRules<Observation, ObservationChange, ObservationField> = {
  layout: layout<Observation, ObservationField>({
    isSet: {
      traceId: () => true,
      startTime: () => true,
      environment: () => true,
      type: () => true,
      parentObservationId: (observation) => observation.parentObservationId !== undefined,
      name: (observation) => observation.name !== undefined,
      endTime: (observation) => observation.endTime !== undefined,
      completionStartTime: (observation) => observation.completionStartTime !== undefined,
      level: () => true,
      statusMessage: (observation) => observation.statusMessage !== undefined,
      version: (observation) => observation.version !== undefined,
      release: (observation) => observation.release !== undefined,
      model: (observation) => observation.model !== undefined,
      modelParameters: (observation) => observation.modelParameters !== undefined,
      input: (observation) => observation.input !== undefined,
      output: (observation) => observation.output !== undefined,
      usage: (observation) => !isEmpty(observation.providedUsage),
      cost: (observation) => !isEmpty(observation.providedCost),
      prompt: (observation) => observation.promptName !== undefined,
      userId: (observation) => observation.userId !== undefined,
      sessionId: (observation) => observation.sessionId !== undefined,
      traceName: (observation) => observation.traceName !== undefined,
      isPublic: (observation) => observation.isPublic,
      isAppRoot: (observation) => observation.isAppRoot,
      experiment: (observation) => !isEmpty(observation.experiment),
      origin: () => true,
    },
    immutable: new Set<ObservationField>(['traceId', 'startTime', 'environment']),
    time: (observation) => observation.startTime,
  }),
  start,
  apply,
  resume: showEnd,
  finish: (observation, clock, changes) =>
    hideEarlyEnd({ ...observation, tags: unionOfTags(observation.tags, changes) }, clock),
}

/** The layout of an observation's clock. */
export const OBSERVATION_LAYOUT = RULES.layout

/**
 * Folds changes into one observation; what is derived from it (model, usage, cost, tools) is left
 * to `enrichObservation`. Order-independent: any permutation of changes with different `at` gives
 * the same result, and so does any split into successive calls (langfuse-ingestion contract §3.2).
 * An observation of no trace takes its own id for the trace's.
 */
export function foldObservation(
  stored: Folded<Observation> | undefined,
  changes: readonly ObservationChange[],
): Folded<Observation> {
  const [only, second] = changes
  const whole = stored || second || !only ? undefined : wholeObservation(only)
  return whole ? { entity: whole, clock: '' } : fold(RULES, stored, changes)
}

function start(change: ObservationChange): Observation {
  return {
    projectId: change.projectId,
    id: change.id,
    traceId: traceId(change.id),
    // Only xtrace's own route lets a client leave the type out, and there it means a generation.
    type: 'GENERATION',
    parentObservationId: undefined,
    name: undefined,
    startTime: nanosFromMs(change.at),
    endTime: undefined,
    completionStartTime: undefined,
    environment: 'default',
    level: 'DEFAULT',
    statusMessage: undefined,
    version: undefined,
    release: undefined,
    model: undefined,
    modelParameters: undefined,
    input: undefined,
    output: undefined,
    metadata: NO_METADATA,
    providedUsage: {},
    providedCost: {},
    ...NOTHING_DERIVED,
    promptId: undefined,
    promptName: undefined,
    promptVersion: undefined,
    userId: undefined,
    sessionId: undefined,
    traceName: undefined,
    tags: [],
    isPublic: false,
    isAppRoot: false,
    experiment: {},
    origin: change.origin,
    createdAt: change.receivedAt,
    updatedAt: change.receivedAt,
  }
}

function apply(observation: Observation, change: ObservationChange, merge: Merge<ObservationField>): Observation {
  return {
    ...observation,
    ...applyIdentity(observation, change, merge),
    ...applyContent(observation, change, merge),
    ...applyTraceFacts(observation, change, merge),
  }
}

function applyIdentity(observation: Observation, change: ObservationChange, merge: Merge<ObservationField>) {
  return {
    traceId: merge.earliest('traceId', observation.traceId, { explicit: change.traceId }),
    startTime: merge.earliest('startTime', observation.startTime, {
      explicit: change.startTime,
      initial: nanosFromMs(change.at),
    }),
    environment: merge.earliest('environment', observation.environment, { explicit: change.environment }),
    type: merge.latest('type', observation.type, change.type),
    parentObservationId: merge.text('parentObservationId', observation.parentObservationId, change.parentObservationId),
    name: merge.text('name', observation.name, change.name),
    endTime: merge.latest('endTime', observation.endTime, change.endTime),
    completionStartTime: merge.latest(
      'completionStartTime',
      observation.completionStartTime,
      change.completionStartTime,
    ),
    level: merge.latest('level', observation.level, change.level === null ? 'DEFAULT' : change.level),
    statusMessage: merge.text('statusMessage', observation.statusMessage, change.statusMessage),
    version: merge.text('version', observation.version, change.version),
    release: merge.text('release', observation.release, change.release),
    origin: merge.latest('origin', observation.origin, change.origin),
  }
}

function applyContent(observation: Observation, change: ObservationChange, merge: Merge<ObservationField>) {
  return {
    model: merge.text('model', observation.model, change.model),
    modelParameters: merge.payload('modelParameters', observation.modelParameters, change.modelParameters),
    input: merge.payload('input', observation.input, change.input),
    output: merge.payload('output', observation.output, change.output),
    providedUsage: merge.latest('usage', observation.providedUsage, filled(change.usage)),
    providedCost: merge.latest('cost', observation.providedCost, filled(change.cost)),
    ...merge.latest('prompt', promptOf(observation), change.promptName ? promptOf(change) : undefined),
  }
}

function applyTraceFacts(observation: Observation, change: ObservationChange, merge: Merge<ObservationField>) {
  return {
    userId: merge.text('userId', observation.userId, change.userId),
    sessionId: merge.text('sessionId', observation.sessionId, change.sessionId),
    traceName: merge.text('traceName', observation.traceName, change.traceName),
    isPublic: merge.latest('isPublic', observation.isPublic, change.isPublic),
    isAppRoot: merge.latest('isAppRoot', observation.isAppRoot, change.isAppRoot),
    experiment: merge.latest<Experiment>('experiment', observation.experiment, filled(change.experiment)),
  }
}

type Prompt = Pick<Observation, 'promptId' | 'promptName' | 'promptVersion'>

function promptOf({ promptId, promptName, promptVersion }: Partial<Prompt>): Prompt {
  return { promptId, promptName, promptVersion }
}

function filled<T extends object>(map: T | undefined): T | undefined {
  return map && !isEmpty(map) ? map : undefined
}

function isEmpty(map: object): boolean {
  return Object.keys(map).length === 0
}

function showEnd(observation: Observation, clock: Clock<ObservationField>): Observation {
  return clock.hiddenEnd === undefined ? observation : { ...observation, endTime: clock.hiddenEnd }
}

/** No observation ends before it starts; the end as sent waits in the clock for an earlier start. */
function hideEarlyEnd(observation: Observation, clock: Clock<ObservationField>): Observation {
  const { startTime, endTime } = observation
  const isEarly = endTime !== undefined && endTime < startTime
  clock.hiddenEnd = isEarly ? endTime : undefined
  return isEarly ? { ...observation, endTime: startTime } : observation
}
