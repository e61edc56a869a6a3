import type { ModelBody, ModelDto } from '@xtrace/contract'
import type { NewModel } from '#catalog/models.ts'
import type { Model, PricingCondition } from '#domain/model.ts'
import { defined } from '#lib/defined.ts'
import { isoFromMs } from './page-dto.ts'

/** A price entry; the prices beside the tiers are those of the default one (public-api contract §13). */
export function toModelDto(model: Model): ModelDto {
  const prices = model.tiers.find((tier) => tier.isDefault)?.prices ?? {}
  return {
    id: model.id,
    modelName: model.modelName,
    matchPattern: model.matchPattern,
    startDate: model.startDate === undefined ? null : isoFromMs(model.startDate),
    unit: model.unit ?? null,
    inputPrice: prices['input'] ?? null,
    outputPrice: prices['output'] ?? null,
    totalPrice: prices['total'] ?? null,
    tokenizerId: model.tokenizerId ?? null,
    tokenizerConfig: model.tokenizerConfig ?? null,
    isLangfuseManaged: model.projectId === undefined,
    createdAt: isoFromMs(model.createdAt),
    prices: Object.fromEntries(Object.entries(prices).map(([type, price]) => [type, { price }])),
    pricingTiers: model.tiers.map((tier) => ({
      ...tier,
      conditions: tier.conditions.map(toConditionDto),
      prices: { ...tier.prices },
    })),
  }
}

function toConditionDto(condition: PricingCondition) {
  if ('source' in condition) return { ...condition, values: [...condition.values] }
  return { ...condition, caseSensitive: condition.caseSensitive ?? false }
}

/** What a body asks for; flat prices become the one tier "Standard". */
export function newModelOf(body: ModelBody): NewModel {
  const { inputPrice, outputPrice, totalPrice, pricingTiers, startDate, ...fields } = body
  const flat = defined({ input: inputPrice, output: outputPrice, total: totalPrice })
  const standard = { name: 'Standard', isDefault: true, priority: 0, conditions: [], prices: flat }
  const start = startDate === undefined ? undefined : Date.parse(startDate)
  return { ...defined({ ...fields, startDate: start }), tiers: pricingTiers ?? [standard] }
}
