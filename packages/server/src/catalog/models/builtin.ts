import type { Model, PricingTier, TokenizerConfig } from '#domain/model.ts'
import table from './builtin.json' with { type: 'json' }
import { pricesOf } from './price-keys.ts'
import { type PriceEntry, PriceTable } from './price-table.ts'

/** The built-in models, in the order in which they are tried: a name belongs to the first that matches it. */
export function buildBuiltinModels(): readonly Model[] {
  const { asOf, models } = PriceTable.parse(table)
  const at = Date.parse(asOf)
  return models.map((entry) => toModel(entry, at))
}

function toModel(entry: PriceEntry, at: number): Model {
  return {
    id: entry.id,
    projectId: undefined,
    modelName: entry.name,
    matchPattern: entry.pattern,
    startDate: undefined,
    unit: 'TOKENS',
    ...tokenizerOf(entry.tokenizer),
    tiers: tiersOf(entry),
    createdAt: at,
    updatedAt: at,
  }
}

function tiersOf({ id, rates, long }: PriceEntry): readonly PricingTier[] {
  const standard: PricingTier = {
    id: `${id}_tier_default`,
    name: 'Standard',
    isDefault: true,
    priority: 0,
    conditions: [],
    prices: pricesOf(rates),
  }
  if (!long) return [standard]
  const large: PricingTier = {
    id: `${id}_tier_large_context`,
    name: 'Large Context',
    isDefault: false,
    priority: 1,
    conditions: [{ usageDetailPattern: '(input|prompt|cached)', operator: 'gt', value: long.above }],
    prices: pricesOf(long.rates),
  }
  return [standard, large]
}

function tokenizerOf(tokenizer: string | undefined): Pick<Model, 'tokenizerId' | 'tokenizerConfig'> {
  if (tokenizer === undefined) return { tokenizerId: undefined, tokenizerConfig: undefined }
  if (tokenizer === 'claude') return { tokenizerId: 'claude', tokenizerConfig: undefined }
  return { tokenizerId: 'openai', tokenizerConfig: openAiConfig(tokenizer) }
}

const CHAT = /^(?:gpt-|o\d|chatgpt)/

/** What a chat message adds to its texts, as OpenAI documents it. */
function openAiConfig(tokenizerModel: string): TokenizerConfig {
  if (!CHAT.test(tokenizerModel)) return { tokenizerModel }
  if (tokenizerModel === 'gpt-3.5-turbo-0301') return { tokenizerModel, tokensPerMessage: 4, tokensPerName: -1 }
  return { tokenizerModel, tokensPerMessage: 3, tokensPerName: 1 }
}
