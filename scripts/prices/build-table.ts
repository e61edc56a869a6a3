import { findProvider, type ModelInfo, type Provider } from '@pydantic/genai-prices'
import { compilePattern } from '../../packages/server/src/catalog/model-pattern.ts'
import type { PriceEntry, PriceTable } from '../../packages/server/src/catalog/models/price-table.ts'
import { patternOf } from './pattern.ts'
import { ratesOf } from './rates.ts'
import { isOpenWeights, SOURCES, type Source } from './sources.ts'
import { tokenizerOf } from './tokenizer.ts'

/** The built-in table with the prices of the day (YYYY-MM-DD), from the price source as it is installed. */
export function buildTable(day: string): PriceTable {
  const models: PriceEntry[] = []
  for (const source of SOURCES) {
    const provider = findProvider({ providerId: source.provider })
    if (!provider) throw new Error(`the price source has no provider ${source.provider}`)
    const wanted = provider.models.filter(({ id }) => source.takes?.(id) ?? true)
    const entries = wanted.flatMap((model) => entryOf({ source, provider, model, day }) ?? [])
    models.push(...(source.provider === 'openrouter' ? withoutKnown(entries, models) : entries))
  }
  return { asOf: day, models }
}

interface Wanted {
  readonly source: Source
  readonly provider: Provider
  readonly model: ModelInfo
  readonly day: string
}

function entryOf({ source, provider, model, day }: Wanted): PriceEntry | undefined {
  const prices = ratesOf(provider, model, day)
  if (!prices) return undefined
  const tokenizer = tokenizerOf(source.provider, model.id)
  return {
    id: idOf(source.provider, model.id),
    name: model.id,
    pattern: source.provider === 'openrouter' ? gatewayPattern(model, source) : patternOf(model.match, source),
    ...(tokenizer === undefined ? {} : { tokenizer }),
    ...prices,
  }
}

/** Alibaba's own models are sent by their bare names too; of open weights the bare name says nothing of who runs them. */
function gatewayPattern(model: ModelInfo, source: Source): string {
  const bare = /^qwen\/(.+)$/.exec(model.id)?.[1]
  if (bare === undefined || isOpenWeights(bare)) return patternOf(model.match, source)
  return patternOf({ equals: bare }, { ...source, prefixes: ['qwen', 'dashscope', 'alibaba'] })
}

function idOf(provider: string, id: string): string {
  return `${provider}-${id.toLowerCase().replace(/[^a-z0-9.]+/g, '-')}`
}

function withoutKnown(entries: readonly PriceEntry[], known: readonly PriceEntry[]): PriceEntry[] {
  const patterns = known.map(({ pattern }) => compilePattern(pattern))
  return entries.filter(({ name }) => !patterns.some((pattern) => pattern.test(name)))
}
