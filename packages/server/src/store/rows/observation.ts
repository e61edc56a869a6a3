import type { Folded } from '#domain/folded.ts'
import { observationId, type ProjectId, projectId, traceId } from '#domain/ids.ts'
import { OBSERVATION_LEVELS, OBSERVATION_TYPES, type Observation } from '#domain/observation.ts'
import type { Nanos } from '#domain/time.ts'
import type { Row } from '#store/engine.ts'
import {
  boolOf,
  finiteNumbers,
  finiteOrNull,
  msOf,
  nanosOf,
  numberMapOf,
  optionalNanosOf,
  optionalNumberOf,
  optionalTextOf,
  originCells,
  originOf,
  textMapOf,
  textOf,
  textsOf,
  wholeNumbers,
  wordOf,
} from './cells.ts'
import { type ExperimentCells, experimentCells, experimentOf } from './experiment.ts'

/** One row of `observations`, columns in the order of the table. */
export interface ObservationRow extends ExperimentCells {
  readonly project_id: ProjectId
  readonly id: string
  readonly trace_id: string
  readonly type: string
  readonly parent_observation_id: string
  readonly name: string
  readonly start_time: Nanos
  readonly end_time: Nanos | null
  readonly completion_start_time: Nanos | null
  readonly environment: string
  readonly level: string
  readonly status_message: string
  readonly version: string
  readonly release: string
  readonly model: string
  readonly model_id: string
  readonly model_parameters: string
  readonly input: string
  readonly output: string
  readonly metadata: string
  readonly provided_usage: Readonly<Record<string, number>>
  readonly provided_cost: Readonly<Record<string, number>>
  readonly usage: Readonly<Record<string, number>>
  readonly cost: Readonly<Record<string, number>>
  readonly total_cost: number | null
  readonly pricing_tier_id: string
  readonly pricing_tier_name: string
  readonly prompt_id: string
  readonly prompt_name: string
  readonly prompt_version: number | null
  readonly tool_definitions: Readonly<Record<string, string>>
  readonly tool_calls: readonly string[]
  readonly tool_call_names: readonly string[]
  readonly user_id: string
  readonly session_id: string
  readonly trace_name: string
  readonly tags: readonly string[]
  readonly public: boolean
  readonly is_app_root: boolean
  readonly api_key: string
  readonly sdk_name: string
  readonly sdk_version: string
  readonly via: string
  /** Milliseconds. */
  readonly created_at: number
  readonly updated_at: number
  readonly clock: string
  readonly row_version: number
  readonly is_deleted: 0 | 1
}

/** `rowVersion`: the position in the event log of the last change folded in. */
export function toObservationRow(
  { entity: observation, clock }: Folded<Observation>,
  rowVersion: number,
): ObservationRow {
  return {
    project_id: observation.projectId,
    id: observation.id,
    trace_id: observation.traceId,
    type: observation.type,
    parent_observation_id: observation.parentObservationId ?? '',
    name: observation.name ?? '',
    start_time: observation.startTime,
    end_time: observation.endTime ?? null,
    completion_start_time: observation.completionStartTime ?? null,
    environment: observation.environment,
    level: observation.level,
    status_message: observation.statusMessage ?? '',
    version: observation.version ?? '',
    release: observation.release ?? '',
    input: observation.input ?? '',
    output: observation.output ?? '',
    metadata: observation.metadata,
    ...generationCells(observation),
    user_id: observation.userId ?? '',
    session_id: observation.sessionId ?? '',
    trace_name: observation.traceName ?? '',
    tags: observation.tags,
    public: observation.isPublic,
    is_app_root: observation.isAppRoot,
    ...experimentCells(observation.experiment),
    ...originCells(observation.origin),
    created_at: observation.createdAt,
    updated_at: observation.updatedAt,
    clock,
    row_version: rowVersion,
    is_deleted: 0,
  }
}

function generationCells(observation: Observation) {
  return {
    model: observation.model ?? '',
    model_id: observation.modelId ?? '',
    model_parameters: observation.modelParameters ?? '',
    provided_usage: wholeNumbers(observation.providedUsage),
    provided_cost: finiteNumbers(observation.providedCost),
    usage: wholeNumbers(observation.usage),
    cost: finiteNumbers(observation.cost),
    total_cost: finiteOrNull(observation.totalCost),
    pricing_tier_id: observation.pricingTierId ?? '',
    pricing_tier_name: observation.pricingTierName ?? '',
    prompt_id: observation.promptId ?? '',
    prompt_name: observation.promptName ?? '',
    prompt_version: observation.promptVersion ?? null,
    tool_definitions: observation.toolDefinitions,
    tool_calls: observation.toolCalls,
    tool_call_names: observation.toolCallNames,
  }
}

/**
 * Needs project_id, id, trace_id and start_time; every other column may be left out of the query
 * and is then absent.
 */
export function fromObservationRow(row: Row): Folded<Observation> {
  const entity: Observation = {
    projectId: projectId(textOf(row, 'project_id')),
    id: observationId(textOf(row, 'id')),
    traceId: traceId(textOf(row, 'trace_id')),
    type: wordOf(row, 'type', OBSERVATION_TYPES),
    parentObservationId: optionalTextOf(row, 'parent_observation_id'),
    name: optionalTextOf(row, 'name'),
    startTime: nanosOf(row, 'start_time'),
    endTime: optionalNanosOf(row, 'end_time'),
    completionStartTime: optionalNanosOf(row, 'completion_start_time'),
    environment: textOf(row, 'environment'),
    level: wordOf(row, 'level', ['DEFAULT', ...OBSERVATION_LEVELS]),
    statusMessage: optionalTextOf(row, 'status_message'),
    version: optionalTextOf(row, 'version'),
    release: optionalTextOf(row, 'release'),
    input: optionalTextOf(row, 'input'),
    output: optionalTextOf(row, 'output'),
    metadata: textOf(row, 'metadata') || '{}',
    ...generationOf(row),
    userId: optionalTextOf(row, 'user_id'),
    sessionId: optionalTextOf(row, 'session_id'),
    traceName: optionalTextOf(row, 'trace_name'),
    tags: textsOf(row, 'tags'),
    isPublic: boolOf(row, 'public'),
    isAppRoot: boolOf(row, 'is_app_root'),
    experiment: experimentOf(row),
    origin: originOf(row),
    createdAt: msOf(row, 'created_at'),
    updatedAt: msOf(row, 'updated_at'),
  }
  return { entity, clock: textOf(row, 'clock') }
}

function generationOf(row: Row) {
  return {
    model: optionalTextOf(row, 'model'),
    modelId: optionalTextOf(row, 'model_id'),
    modelParameters: optionalTextOf(row, 'model_parameters'),
    providedUsage: numberMapOf(row, 'provided_usage'),
    providedCost: numberMapOf(row, 'provided_cost'),
    usage: numberMapOf(row, 'usage'),
    cost: numberMapOf(row, 'cost'),
    totalCost: optionalNumberOf(row, 'total_cost'),
    pricingTierId: optionalTextOf(row, 'pricing_tier_id'),
    pricingTierName: optionalTextOf(row, 'pricing_tier_name'),
    promptId: optionalTextOf(row, 'prompt_id'),
    promptName: optionalTextOf(row, 'prompt_name'),
    promptVersion: optionalNumberOf(row, 'prompt_version'),
    toolDefinitions: textMapOf(row, 'tool_definitions'),
    toolCalls: textsOf(row, 'tool_calls'),
    toolCallNames: textsOf(row, 'tool_call_names'),
  }
}
