import { enrichObservation } from '#domain/enrich.ts'
import { tierAttributes } from '#domain/fold/tier-attributes.ts'
import type { Folded } from '#domain/folded.ts'
import type { Model, ModelFinder, TokenCounter } from '#domain/model.ts'
import type { Observation } from '#domain/observation.ts'
import type { PromptFinder } from '#domain/prompt.ts'
import type { Retry } from './retry.ts'

export interface EnricherDeps {
  readonly models: ModelFinder
  readonly prompts: PromptFinder
  readonly tokens: TokenCounter
  readonly retry: Retry
}

/** Fills in what is derived of an observation, with the price entry of its model and the prompt that it used. */
export function createEnricher({ models, prompts, tokens, retry }: EnricherDeps) {
  const findModel = async ({ projectId, model: name }: Observation): Promise<Model | undefined> =>
    name === undefined ? undefined : await retry('find prices', () => models.find(projectId, name))

  const findPrompt = async (observation: Observation): Promise<string | undefined> => {
    const { projectId, type, promptName, promptVersion } = observation
    if (type !== 'GENERATION' || promptName === undefined || promptVersion === undefined) return undefined
    return await retry('find prompts', () => prompts.find(projectId, promptName, promptVersion))
  }

  return async (folded: Folded<Observation>): Promise<Folded<Observation>> => {
    const model = await findModel(folded.entity)
    const promptId = await findPrompt(folded.entity)
    const entity = enrichObservation(folded.entity, { model, promptId, tokens, tierAttributes: tierAttributes(folded) })
    return { ...folded, entity }
  }
}
