import type { ExperimentDto, ExperimentItemDto, ExperimentItemsQuery, ScoreV3Dto } from '@xtrace/contract'
import { payloadValue } from '#domain/payload.ts'
import type { Score } from '#domain/score.ts'
import { isoFromNanos, parseIso } from '#domain/time.ts'
import { JsonText } from '#lib/json/json-text.ts'
import type { ExperimentItem } from '#query/experiment-items.ts'
import type { ExperimentSummary } from '#query/experiments.ts'
import { jsonOf } from './dataset-dto.ts'
import { isoOrNull } from './page-dto.ts'
import { toScoreV3Dto } from './score-dto.ts'

const toScores = (scores: readonly Score[]): ScoreV3Dto[] =>
  scores.map((score) => toScoreV3Dto(score, { details: false, subject: true, annotation: false }))

/** `scores` are shown when they are given, metadata when it was asked for. */
export function toExperimentDto(
  experiment: ExperimentSummary,
  shown: { readonly metadata: boolean; readonly scores: readonly Score[] | undefined },
): ExperimentDto {
  return {
    id: experiment.id,
    name: experiment.name,
    description: experiment.description ?? null,
    startTime: isoFromNanos(experiment.startTime),
    endTime: isoFromNanos(experiment.endTime),
    itemCount: experiment.itemCount,
    datasetId: experiment.datasetId ?? null,
    ...(shown.metadata && { metadata: jsonOf(experiment.metadata) }),
    ...(shown.scores && { scores: toScores(shown.scores) }),
  }
}

export interface ShownItem {
  readonly groups: ReadonlySet<NonNullable<ExperimentItemsQuery['fields']>[number]>
  readonly scores: readonly Score[] | undefined
}

export function toExperimentItemDto(item: ExperimentItem, { groups, scores }: ShownItem): ExperimentItemDto {
  const { experiment } = item
  return {
    id: item.id,
    traceId: item.traceId,
    startTime: isoFromNanos(item.startTime),
    endTime: isoOrNull(item.endTime),
    level: item.level,
    environment: item.environment,
    experimentId: experiment.id ?? '',
    experimentName: experiment.name ?? '',
    experimentItemId: experiment.itemId ?? '',
    ...(groups.has('dataset') && {
      experimentDatasetId: experiment.datasetId ?? null,
      experimentItemVersion: isoOrNull(parseIso(experiment.itemVersion ?? '')),
    }),
    ...(groups.has('io') && {
      input: payloadValue(item.input),
      output: payloadValue(item.output),
      expectedOutput: payloadValue(experiment.itemExpectedOutput),
    }),
    ...(groups.has('metadata') && { metadata: new JsonText(item.metadata) }),
    ...(groups.has('itemMetadata') && { experimentItemMetadata: jsonOf(experiment.itemMetadata) }),
    ...(groups.has('experimentMetadata') && {
      experimentMetadata: jsonOf(experiment.metadata),
      experimentDescription: experiment.description ?? null,
    }),
    ...(scores && { scores: toScores(scores) }),
  }
}
