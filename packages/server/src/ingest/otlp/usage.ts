/** Units and costs that a span reports (langfuse-ingestion contract §5.5 and §5.7). */
import type { CostMap, UsageMap } from '#domain/change.ts'
import { normaliseCostDetails, normaliseUsageDetails } from '#domain/usage.ts'
import { COST_DETAILS, OPERATION, SUMMARY_OPERATIONS, TOTAL_COST, USAGE_DETAILS } from './attributes.ts'
import { genAiUsage } from './gen-ai-usage.ts'
import type { Value } from './otlp-request.ts'
import type { SpanSource } from './span-source.ts'
import { firstTruthy, isFields, parsedFields, parsedValue } from './values.ts'
import { ADK_SCOPE, adkUsage } from './vendors/adk.ts'
import { GENKIT_SCOPE, genkitUsage } from './vendors/genkit.ts'
import { VERCEL_SCOPE } from './vendors/vercel.ts'
import { vercelUsage } from './vendors/vercel-usage.ts'

/** Usage type → units; undefined where the span reports none. */
export function spanUsage({ attributes, scope }: SpanSource): UsageMap | undefined {
  if (SUMMARY_OPERATIONS.has(attributes.get(OPERATION))) return undefined
  const explicit = explicitUsage(attributes.get(USAGE_DETAILS))
  if (explicit !== undefined) return units(explicit)
  if (scope.name === GENKIT_SCOPE) return units(genkitUsage(attributes))
  if (scope.name === VERCEL_SCOPE) return units(vercelUsage(attributes))
  if (scope.name === ADK_SCOPE) return units(adkUsage(attributes))
  return units(genAiUsage(attributes))
}

/** Cost type → US dollars; undefined where the span reports none. */
export function spanCost({ attributes }: SpanSource): CostMap | undefined {
  const explicit = parsedFields(attributes.get(COST_DETAILS))
  const result = normaliseCostDetails(explicit ?? totalCost(attributes))
  return result.ok ? result.value : undefined
}

function totalCost(attributes: SpanSource['attributes']): object | undefined {
  if (SUMMARY_OPERATIONS.has(attributes.get(OPERATION))) return undefined
  const total = firstTruthy(attributes, TOTAL_COST)
  return total === undefined ? undefined : { total }
}

/** JSON that is no object counts as a report of nothing; text that is no JSON as none. */
function explicitUsage(value: Value | undefined): object | undefined {
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'string') return {}
  const parsed = parsedValue(value)
  if (parsed === undefined) return undefined
  return isFields(parsed) ? parsed : {}
}

function units(counts: object | undefined): UsageMap | undefined {
  const result = normaliseUsageDetails(counts)
  return result.ok ? result.value : undefined
}
