/** What is typed about a model's prices, as the API takes it. Pure. */
import type { ModelDto } from '@xtrace/contract'

export interface ModelForm {
  readonly name: string
  /** Empty: the name alone. */
  readonly pattern: string
  /** US dollars a million tokens, as typed; empty for none. */
  readonly input: string
  readonly output: string
}

const MILLION = 1_000_000

/** Matches the name alone, in any case. */
export const exactPattern = (name: string): string => `(?i)^(${name.trim().replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')})$`

/** The body of the request; a price is US dollars a token. */
export function bodyOf({ name, pattern, input, output }: ModelForm) {
  const price = (typed: string) => (typed.trim() === '' ? undefined : Number(typed) / MILLION)
  const [inputPrice, outputPrice] = [price(input), price(output)]
  return {
    modelName: name.trim(),
    matchPattern: pattern.trim() === '' ? exactPattern(name) : pattern.trim(),
    unit: 'TOKENS',
    ...(inputPrice !== undefined && { inputPrice }),
    ...(outputPrice !== undefined && { outputPrice }),
  }
}

/** Those whose name or pattern has what was typed, the project's own first, then by name. */
export function foundModels(models: readonly ModelDto[], typed: string): ModelDto[] {
  const wanted = typed.trim().toLowerCase()
  return models
    .filter(({ modelName, matchPattern }) => `${modelName}\n${matchPattern}`.toLowerCase().includes(wanted))
    .toSorted(
      (a, b) => Number(a.isLangfuseManaged) - Number(b.isLangfuseManaged) || a.modelName.localeCompare(b.modelName),
    )
}
