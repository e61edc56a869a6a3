/** How the cost of an observation came about, and what other prices would have given. */
import type { ModelDto, ObservationDetailDto } from '@xtrace/contract'
import { formatCost } from '#lib/format/cost.ts'
import { formatCount } from '#lib/format/figures.ts'

export interface ReceiptLine {
  readonly kind: string
  readonly units: number | undefined
  /** US dollars a unit, of the model table. */
  readonly price: number | undefined
  readonly cost: number | undefined
}

export interface ReceiptFacts {
  /** Where the cost comes from, as a sentence. */
  readonly source: string
  readonly lines: readonly ReceiptLine[]
  readonly total: number | undefined
  /** What the same usage costs in other tiers of the model. */
  readonly alternatives: readonly { readonly name: string; readonly total: number }[]
  readonly warnings: readonly string[]
}

type Observation = Pick<
  ObservationDetailDto['observation'],
  'usageDetails' | 'costDetails' | 'model' | 'usagePricingTierName' | 'calculatedTotalCost'
>
type Model = Pick<ModelDto, 'modelName' | 'isLangfuseManaged' | 'pricingTiers' | 'prices'>
type Amounts = Readonly<Record<string, number>>

/** Parts of a cent that two ways of reckoning may differ by. */
const TOLERANCE = 0.01

export function buildReceipt(observation: Observation, model: Model | undefined): ReceiptFacts {
  const { usageDetails, costDetails, usagePricingTierName } = observation
  const tier = model?.pricingTiers.find(({ name, isDefault }) =>
    usagePricingTierName ? name === usagePricingTierName : isDefault,
  )
  const prices = tier?.prices ?? {}
  const kinds = [...new Set([...Object.keys(usageDetails), ...Object.keys(costDetails)])].filter(
    (kind) => kind !== 'total',
  )
  const lines = kinds.map((kind) => ({
    kind,
    units: usageDetails[kind],
    price: prices[kind],
    cost: costDetails[kind],
  }))
  const total = costDetails['total'] ?? observation.calculatedTotalCost ?? undefined
  const listed = model && priced(usageDetails, prices)
  const isFromTable = listed !== undefined && total !== undefined && isClose(listed, total)
  return {
    source: sourceOf(observation, model, { isFromTable, isCosted: total !== undefined }),
    lines,
    total,
    alternatives: model ? alternativesOf(model, usageDetails, tier?.name) : [],
    warnings: warningsOf(observation, { listed, total, isFromTable }),
  }
}

function sourceOf(
  { model: name, usagePricingTierName }: Observation,
  model: Model | undefined,
  { isFromTable, isCosted }: { isFromTable: boolean; isCosted: boolean },
): string {
  if (!isCosted)
    return model ? 'No usage was recorded that the model has a price for.' : `No price is known for ${name ?? 'it'}.`
  if (!model || !isFromTable) return 'The cost was sent with the observation; it is shown as it came.'
  const table = model.isLangfuseManaged ? 'the built-in prices' : "the project's own prices"
  const tier = usagePricingTierName ? `, tier ${usagePricingTierName}` : ''
  return `Reckoned from ${table} of ${model.modelName}${tier}.`
}

function alternativesOf(model: Model, usage: Amounts, chosen: string | undefined) {
  return model.pricingTiers
    .filter(({ name }) => name !== chosen)
    .map(({ name, prices }) => ({ name: `In the tier ${name}`, total: priced(usage, prices) }))
    .filter((one): one is { name: string; total: number } => one.total !== undefined)
}

/** Undefined when no kind of the usage has a price. */
function priced(usage: Amounts, prices: Amounts): number | undefined {
  const known = Object.entries(usage).filter(([kind]) => prices[kind] !== undefined && kind !== 'total')
  if (known.length === 0) return undefined
  return known.reduce((sum, [kind, units]) => sum + units * (prices[kind] ?? 0), 0)
}

const isClose = (a: number, b: number): boolean => Math.abs(a - b) <= Math.max(1e-12, Math.abs(b) * TOLERANCE)

function warningsOf(
  { usageDetails }: Observation,
  { listed, total, isFromTable }: { listed: number | undefined; total: number | undefined; isFromTable: boolean },
): string[] {
  const warnings: string[] = []
  if (listed !== undefined && total !== undefined && !isFromTable)
    warnings.push(`The model table gives ${formatCost(listed)} for the same usage.`)
  const cached = Object.entries(usageDetails).filter(([kind]) => /cache/.test(kind) && /input|read/.test(kind))
  const parts = Object.entries(usageDetails).filter(([kind]) => kind !== 'total')
  const sum = parts.reduce((all, [, units]) => all + units, 0)
  const declared = usageDetails['total']
  const cachedUnits = cached.reduce((all, [, units]) => all + units, 0)
  if (declared !== undefined && cachedUnits > 0 && sum - declared === cachedUnits)
    warnings.push(`${formatCount(cachedUnits)} cached tokens are counted in the input too, and so twice.`)
  return warnings
}
