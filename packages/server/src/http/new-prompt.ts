import type { PromptBody } from '@xtrace/contract'
import type { NewPrompt } from '#domain/prompt.ts'
import { printJson } from '#lib/json/print.ts'

/** Fields of a prompt's body that keep every digit and the order of their keys. */
export const PROMPT_EXACT_FIELDS: ReadonlySet<string> = new Set(['config'])

/** Who made the prompts that came with a key. */
const CREATED_BY = 'API'

/** A body that its schema has passed, as the catalogue takes it. */
export function newPromptOf({ name, prompt, config, labels, tags, commitMessage }: PromptBody): NewPrompt {
  return {
    name,
    content: prompt,
    config: printJson(config ?? {}),
    labels: labels ?? [],
    tags: tags ?? undefined,
    commitMessage: commitMessage ?? undefined,
    createdBy: CREATED_BY,
  }
}
