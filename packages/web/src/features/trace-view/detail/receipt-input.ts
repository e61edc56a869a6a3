import type { ModelDto, ObservationDetailDto } from '@xtrace/contract'
import type { ReceiptInput } from '#lib/trace/receipt.ts'

type Observation = ObservationDetailDto['observation']

const CLOSE = 0.001

/**
 * What the receipt is made from. The API does not tell whose figures the costs are: they are taken for the model
 * table's when they are what the table gives, and for the sender's otherwise.
 */
export function receiptInput(observation: Observation, model: ModelDto | undefined): ReceiptInput {
  const { usageDetails, costDetails, usagePricingTierName, calculatedTotalCost } = observation
  const tier = model?.pricingTiers.find(({ name, isDefault }) =>
    usagePricingTierName ? name === usagePricingTierName : isDefault,
  )
  const prices = tier?.prices ?? {}
  const isReckoned = Object.entries(costDetails).every(([kind, cost]) => {
    const price = prices[kind]
    return kind === 'total' || (price !== undefined && isClose(cost, price * (usageDetails[kind] ?? 0)))
  })
  const hasKinds = Object.keys(costDetails).some((kind) => kind !== 'total')
  return {
    usage: usageDetails,
    providedCost: isReckoned && hasKinds ? {} : costDetails,
    cost: costDetails,
    totalCost: costDetails['total'] ?? calculatedTotalCost ?? undefined,
    prices,
    tier: usagePricingTierName ?? undefined,
    priceSource: model && (model.isLangfuseManaged ? 'builtin' : 'project'),
  }
}

const isClose = (a: number, b: number): boolean => Math.abs(a - b) <= Math.max(1e-12, Math.abs(b) * CLOSE)
