import type { ObservationDto } from '@xtrace/contract'
import type { ProjectId } from '#domain/ids.ts'
import type { Model, ModelFinder, PricingTier } from '#domain/model.ts'
import type { Observation } from '#domain/observation.ts'
import { payloadValue } from '#domain/payload.ts'
import { isoFromNanos } from '#domain/time.ts'
import { JsonText } from '#lib/json/json-text.ts'
import { isoFromMs, isoOrNull, secondsBetween } from './page-dto.ts'

/** The price entries that the observations were matched with, by their ids. */
export async function modelsOf(
  models: ModelFinder,
  projectId: ProjectId,
  observations: readonly Observation[],
): Promise<ReadonlyMap<string, Model>> {
  const ids = [...new Set(observations.flatMap(({ modelId }) => modelId ?? []))]
  const found = await Promise.all(ids.map((id) => models.byId(projectId, id)))
  return new Map(found.filter((model) => model !== undefined).map((model) => [model.id, model]))
}

/** US dollars a unit; undefined where there is no such price. */
export interface UnitPrices {
  readonly input: number | undefined
  readonly output: number | undefined
  readonly total: number | undefined
}

/** The tier that the observation falls into; undefined without a price entry. */
export function tierOf(
  { modelId, pricingTierId }: Observation,
  models: ReadonlyMap<string, Model>,
): PricingTier | undefined {
  const tiers = models.get(modelId ?? '')?.tiers ?? []
  return tiers.find(({ id }) => id === pricingTierId) ?? tiers.find(({ isDefault }) => isDefault)
}

/** Prices of the tier that the observation was charged by. */
export function pricesOf(observation: Observation, models: ReadonlyMap<string, Model>): UnitPrices {
  const tier = tierOf(observation, models)
  return { input: tier?.prices['input'], output: tier?.prices['output'], total: tier?.prices['total'] }
}

/** The sum over the keys that contain the word; undefined when there is none (public-api contract §5.1). */
export function sumOf(map: Readonly<Record<string, number>>, word: string): number | undefined {
  const parts = Object.entries(map).filter(([key]) => key.includes(word))
  return parts.length === 0 ? undefined : parts.reduce((sum, [, value]) => sum + value, 0)
}

/** An observation as v1 shows it (public-api contract §5.1). */
export function toObservationDto(observation: Observation, models: ReadonlyMap<string, Model>): ObservationDto {
  return {
    ...factsOf(observation),
    ...payloadsOf(observation),
    ...usageOf(observation),
    ...costsOf(observation, pricesOf(observation, models)),
    latency: secondsBetween(observation.startTime, observation.endTime),
    timeToFirstToken: secondsBetween(observation.startTime, observation.completionStartTime),
  }
}

function factsOf(observation: Observation) {
  return {
    id: observation.id,
    projectId: observation.projectId,
    traceId: observation.traceId,
    parentObservationId: observation.parentObservationId ?? null,
    type: observation.type,
    name: observation.name ?? null,
    environment: observation.environment,
    startTime: isoFromNanos(observation.startTime),
    endTime: isoOrNull(observation.endTime),
    completionStartTime: isoOrNull(observation.completionStartTime),
    createdAt: isoFromMs(observation.createdAt),
    updatedAt: isoFromMs(observation.updatedAt),
    version: observation.version ?? null,
    level: observation.level,
    statusMessage: observation.statusMessage ?? null,
    model: observation.model ?? null,
    modelId: observation.modelId ?? null,
    promptId: observation.promptId ?? null,
    promptName: observation.promptName ?? null,
    promptVersion: observation.promptVersion ?? null,
  }
}

const payloadsOf = ({ input, output, metadata, modelParameters }: Observation) => ({
  input: payloadValue(input),
  output: payloadValue(output),
  metadata: new JsonText(metadata),
  modelParameters: modelParameters === undefined ? null : new JsonText(modelParameters),
})

/** Counts are 0, never null, where nothing is known (langfuse-ingestion contract §11.5). */
function usageOf({ usage }: Observation) {
  const input = sumOf(usage, 'input') ?? 0
  const output = sumOf(usage, 'output') ?? 0
  const total = usage['total'] ?? 0
  return {
    usageDetails: { ...usage },
    usage: { unit: 'TOKENS', input, output, total },
    unit: 'TOKENS',
    promptTokens: input,
    completionTokens: output,
    totalTokens: total,
  }
}

const costsOf = ({ cost, totalCost, pricingTierId, pricingTierName }: Observation, prices: UnitPrices) => ({
  costDetails: { ...cost },
  inputPrice: prices.input ?? null,
  outputPrice: prices.output ?? null,
  totalPrice: prices.total ?? null,
  calculatedInputCost: sumOf(cost, 'input') ?? null,
  calculatedOutputCost: sumOf(cost, 'output') ?? null,
  calculatedTotalCost: totalCost ?? null,
  usagePricingTierId: pricingTierId ?? null,
  usagePricingTierName: pricingTierName ?? null,
})
