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

export type Enrich = (folded: Folded<Observation>) => Folded<Observation> | Promise<Folded<Observation>>

/**
 * Fills in what is derived of the observations of one flush, with the price entry of each one's model and the prompt
 * that it used. A model is looked up once a flush; where nothing is left to look up, the answer is there at once.
 */
export function createEnricher({ models, prompts, tokens, retry }: EnricherDeps): Enrich {
  const found = new Map<string, Model | undefined>()

  const enrich = (folded: Folded<Observation>, known: { model: Model | undefined; promptId?: string | undefined }) => ({
    ...folded,
    entity: enrichObservation(folded.entity, { ...known, tokens, tierAttributes: tierAttributes(folded) }),
  })

  const lookUp = async (folded: Folded<Observation>) => {
    const { entity } = folded
    const { projectId, model: name, promptName, promptVersion } = entity
    const key = keyOf(entity)
    if (name !== undefined && !found.has(key)) {
      found.set(key, await retry('find prices', () => models.find(projectId, name)))
    }
    const hasPrompt = usesPrompt(entity) && promptName !== undefined && promptVersion !== undefined
    const promptId = hasPrompt
      ? await retry('find prompts', () => prompts.find(projectId, promptName, promptVersion))
      : undefined
    return enrich(folded, { model: found.get(key), promptId })
  }

  return (folded) => {
    const key = keyOf(folded.entity)
    const isModelKnown = folded.entity.model === undefined || found.has(key)
    return isModelKnown && !usesPrompt(folded.entity) ? enrich(folded, { model: found.get(key) }) : lookUp(folded)
  }
}

const keyOf = ({ projectId, model }: Observation) => `${projectId}\0${model}`

/** Other spans inherit the name of a prompt without having used it. */
function usesPrompt({ type, promptName, promptVersion }: Observation): boolean {
  return type === 'GENERATION' && promptName !== undefined && promptVersion !== undefined
}
