import type { ListedTraceDto, TraceDto, WholeTraceDto } from '@xtrace/contract'
import type { Model } from '#domain/model.ts'
import type { Observation } from '#domain/observation.ts'
import { payloadValue } from '#domain/payload.ts'
import { isoFromNanos } from '#domain/time.ts'
import type { Trace } from '#domain/trace.ts'
import { JsonText } from '#lib/json/json-text.ts'
import type { ListedTrace, TraceMetrics } from '#query/find-traces.ts'
import type { WholeTrace } from '#query/get-trace.ts'
import { toObservationDto } from './observation-dto.ts'
import { isoFromMs } from './page-dto.ts'
import { toScoreV1Dto } from './score-dto.ts'

export function toTraceDto(trace: Trace): TraceDto {
  return {
    id: trace.id,
    projectId: trace.projectId,
    externalId: trace.externalId ?? null,
    timestamp: isoFromNanos(trace.timestamp),
    name: trace.name ?? null,
    userId: trace.userId ?? null,
    sessionId: trace.sessionId ?? null,
    release: trace.release ?? null,
    version: trace.version ?? null,
    environment: trace.environment,
    public: trace.isPublic,
    bookmarked: trace.isBookmarked,
    tags: [...trace.tags],
    input: payloadValue(trace.input),
    output: payloadValue(trace.output),
    metadata: new JsonText(trace.metadata),
    createdAt: isoFromMs(trace.createdAt),
    updatedAt: isoFromMs(trace.updatedAt),
  }
}

/** -1 stands for "not asked for" (public-api contract §4.1). */
function countedOf(trace: Trace, metrics: TraceMetrics | undefined) {
  return {
    htmlPath: `/project/${trace.projectId}/traces/${trace.id}`,
    totalCost: metrics?.totalCost ?? -1,
    latency: metrics?.latency ?? -1,
  }
}

export function toListedTraceDto({ trace, observationIds, scoreIds, metrics }: ListedTrace): ListedTraceDto {
  return {
    ...toTraceDto(trace),
    ...countedOf(trace, metrics),
    observations: [...observationIds],
    scores: [...scoreIds],
  }
}

export function toWholeTraceDto(whole: WholeTrace, models: ReadonlyMap<string, Model>): WholeTraceDto {
  const { trace, observations, scores, metrics } = whole
  return {
    ...toTraceDto(trace),
    ...countedOf(trace, metrics),
    observations: observations.map((observation) => toTraceObservationDto(observation, models)),
    scores: scores.map(toScoreV1Dto),
  }
}

/** An observation within its trace: absent prices read 0 here, null elsewhere (public-api contract §5.1). */
export function toTraceObservationDto(
  observation: Observation,
  models: ReadonlyMap<string, Model>,
): WholeTraceDto['observations'][number] {
  const dto = toObservationDto(observation, models)
  const { inputPrice, outputPrice, totalPrice } = dto
  return { ...dto, inputPrice: inputPrice ?? 0, outputPrice: outputPrice ?? 0, totalPrice: totalPrice ?? 0 }
}
