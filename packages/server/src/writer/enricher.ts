import { enrichObservation } from '#domain/enrich.ts'
import { tierAttributes } from '#domain/fold/tier-attributes.ts'
import type { Folded } from '#domain/folded.ts'
import type { ModelFinder, TokenCounter } from '#domain/model.ts'
import type { Observation } from '#domain/observation.ts'
import type { Retry } from './retry.ts'

export interface EnricherDeps {
  readonly models: ModelFinder
  readonly tokens: TokenCounter
  readonly retry: Retry
}

/** Fills in what is derived of an observation, with the price entry of its model. */
export function createEnricher({ models, tokens, retry }: EnricherDeps) {
  return async (folded: Folded<Observation>): Promise<Folded<Observation>> => {
    const { projectId, model: name } = folded.entity
    const model = name === undefined ? undefined : await retry('find prices', () => models.find(projectId, name))
    const entity = enrichObservation(folded.entity, { model, tokens, tierAttributes: tierAttributes(folded) })
    return { ...folded, entity }
  }
}
