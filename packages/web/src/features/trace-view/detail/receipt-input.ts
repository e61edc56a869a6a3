import type { ObservationDetailDto } from '@xtrace/contract'
import type { ReceiptInput } from '#lib/trace/receipt.ts'

/** What the receipt is made from, as the server tells it. */
export function receiptInput({
  observation,
  costSources,
}: Pick<ObservationDetailDto, 'observation' | 'costSources'>): ReceiptInput {
  const { usageDetails, costDetails, usagePricingTierName, calculatedTotalCost } = observation
  return {
    usage: usageDetails,
    providedCost: costSources.provided,
    cost: costDetails,
    totalCost: costDetails['total'] ?? calculatedTotalCost ?? undefined,
    prices: costSources.charged,
    tier: usagePricingTierName ?? undefined,
    priceSource: costSources.priceSource ?? undefined,
  }
}
