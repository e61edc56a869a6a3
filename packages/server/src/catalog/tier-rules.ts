import type { PricingTier } from '#domain/model.ts'
import { countPaths } from '#lib/regex-paths.ts'

const MAX_TIERS = 1_000
const MAX_USAGE_PATTERN = 200

/** What breaks the rules for the tiers of one model (langfuse-ingestion contract §4.3); undefined when nothing does. */
export function tiersFault(tiers: readonly PricingTier[]): string | undefined {
  const defaults = tiers.filter((tier) => tier.isDefault)
  if (defaults.length !== 1)
    return `Only one pricing tier can be the default, and one must be; there are ${defaults.length}`
  if (tiers.length > MAX_TIERS) return `A model may have ${MAX_TIERS} pricing tiers at most`
  if (hasTwice(tiers.map((tier) => tier.name))) return 'Pricing tier names must be unique'
  if (hasTwice(tiers.map((tier) => tier.priority))) return 'Pricing tier priorities must be unique'
  if (new Set(tiers.map(priceKeys)).size > 1) return 'All pricing tiers of a model must price the same usage types'
  return tiers.map(tierFault).find((fault) => fault !== undefined)
}

function hasTwice(values: readonly unknown[]): boolean {
  return new Set(values).size < values.length
}

function priceKeys(tier: PricingTier): string {
  return JSON.stringify(Object.keys(tier.prices).sort())
}

function tierFault(tier: PricingTier): string | undefined {
  if (Object.keys(tier.prices).length === 0) return `Pricing tier "${tier.name}" has no prices`
  if (tier.isDefault && (tier.priority !== 0 || tier.conditions.length > 0))
    return 'The default pricing tier must have priority 0 and no conditions'
  if (!tier.isDefault && tier.conditions.length === 0) return `Pricing tier "${tier.name}" needs a condition`
  for (const condition of tier.conditions) {
    if ('usageDetailPattern' in condition && !isSafeUsagePattern(condition.usageDetailPattern))
      return `Invalid usageDetailPattern in pricing tier "${tier.name}"`
  }
  return undefined
}

/** Usage types are short: a bound of 64 characters is what a pattern has to be cheap for. */
function isSafeUsagePattern(pattern: string): boolean {
  if (pattern.length > MAX_USAGE_PATTERN) return false
  try {
    return countPaths(pattern, 64) <= 2 ** 20
  } catch {
    return false
  }
}
