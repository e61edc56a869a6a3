import type { CostSourcesDto } from '@xtrace/contract'
import { chargedPrices, promptPrices } from '#domain/cost.ts'
import type { Model } from '#domain/model.ts'
import type { Observation } from '#domain/observation.ts'
import { tierOf } from '#http/dto/observation-dto.ts'

/** What was sent of the cost, and what the price entry says of it. */
export function toCostSourcesDto(observation: Observation, models: ReadonlyMap<string, Model>): CostSourcesDto {
  const model = models.get(observation.modelId ?? '')
  const prices = tierOf(observation, models)?.prices ?? {}
  return {
    provided: { ...observation.providedCost },
    charged: { ...chargedPrices(observation.usage, prices) },
    promptPrices: promptPrices(prices),
    priceSource: model === undefined ? null : model.projectId === undefined ? 'builtin' : 'project',
  }
}
