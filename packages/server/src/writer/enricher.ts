import { enrichObservation } from '#domain/enrich.ts'
import { tierAttributes } from '#domain/fold/tier-attributes.ts'
import type { Folded } from '#domain/folded.ts'
import type { ProjectId } from '#domain/ids.ts'
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

  const findModel = async ({ projectId, model: name }: Observation): Promise<Model | undefined> => {
    if (name === undefined) return undefined
    const key = keyOf(projectId, name)
    if (!found.has(key)) found.set(key, await retry('find prices', () => models.find(projectId, name)))
    return found.get(key)
  }

  const findPrompt = async (observation: Observation): Promise<string | undefined> => {
    const prompt = usedPrompt(observation)
    return prompt && retry('find prompts', () => prompts.find(observation.projectId, prompt.name, prompt.version))
  }

  const lookUp = async (folded: Folded<Observation>) => {
    const model = await findModel(folded.entity)
    return enrich(folded, { model, promptId: await findPrompt(folded.entity) })
  }

  return (folded) => {
    const { projectId, model: name } = folded.entity
    if (usedPrompt(folded.entity)) return lookUp(folded)
    if (name === undefined) return enrich(folded, { model: undefined })
    const key = keyOf(projectId, name)
    return found.has(key) ? enrich(folded, { model: found.get(key) }) : lookUp(folded)
  }
}

const keyOf = (projectId: ProjectId, model: string) => `${projectId}\0${model}`

/** Other spans inherit the name of a prompt without having used it. */
function usedPrompt({ type, promptName: name, promptVersion: version }: Observation) {
  return type === 'GENERATION' && name !== undefined && version !== undefined ? { name, version } : undefined
}
