/**
 * What is derived from a folded observation: its model, final usage, cost and tools. Everything is
 * computed anew from what the client provided, so that it may be repeated after every fold.
 */
import type { UsageMap } from '#domain/change.ts'
import { givenCost, NO_COST, pricedCost } from '#domain/cost.ts'
import type { Model, TokenCounter } from '#domain/model.ts'
import type { Observation } from '#domain/observation.ts'
import { choosePricingTier, type TierAttributes } from '#domain/pricing-tier.ts'
import { withTools } from '#domain/tools.ts'
import { completeUsage } from '#domain/usage.ts'

export interface EnrichDeps {
  /** The price entry for `observation.model`; undefined when there is none. */
  readonly model: Model | undefined
  /** The stored version that the observation names; absent when there is none. */
  readonly promptId?: string | undefined
  readonly tokens: TokenCounter
  /**
   * Where pricing tiers look for attributes; `tierAttributes` (domain/fold) gives those of the
   * change that provided the usage. Absent: the observation's own.
   */
  readonly tierAttributes?: TierAttributes | undefined
}

/** Fills the derived fields (langfuse-ingestion contract §3.3, §3.4, §4.2, §4.3). */
export function enrichObservation(observation: Observation, deps: EnrichDeps): Observation {
  const { model, promptId = observation.promptId, tierAttributes = observation } = deps
  const enriched = withTools(observation)
  const usage = usageOf(enriched, deps)
  const tier = model && choosePricingTier(model, usage, tierAttributes)
  const cost = givenCost(observation.providedCost) ?? (tier ? pricedCost(usage, tier.prices) : NO_COST)
  const pricing = { pricingTierId: tier?.id, pricingTierName: tier?.name }
  return { ...enriched, modelId: model?.id, promptId, usage, ...cost, ...pricing }
}

function usageOf(observation: Observation, { model, tokens }: EnrichDeps): UsageMap {
  const provided = completeUsage(observation.providedUsage)
  const isKnown = Object.keys(provided).length > 0 || Object.keys(observation.providedCost).length > 0
  if (isKnown || !model || observation.level === 'ERROR') return provided
  return countedUsage(observation, (payload) => tokens.count(model, payload))
}

/** Tokens counted here, for the clients that report none. An empty list counts as nothing sent. */
function countedUsage({ input, output }: Observation, count: (payload: string) => number | undefined): UsageMap {
  const countOf = (payload: string | undefined) =>
    payload === undefined || payload === '[]' ? undefined : count(payload)
  const inputTokens = countOf(input)
  const outputTokens = countOf(output)
  return completeUsage({
    ...(inputTokens !== undefined && { input: inputTokens }),
    ...(outputTokens !== undefined && { output: outputTokens }),
  })
}
