import type { NativeObservation } from '@xtrace/contract'
import type { CostMap, UsageMap } from '#domain/change.ts'
import { normaliseCostDetails, normaliseUsageDetails, providedMaps } from '#domain/usage.ts'

type Fields = Readonly<Record<string, unknown>>

const COUNT_NAMES: Readonly<Record<string, string>> = {
  promptTokens: 'input',
  completionTokens: 'output',
  totalTokens: 'total',
}
const COST_NAMES: Readonly<Record<string, string>> = {
  inputCost: 'input',
  outputCost: 'output',
  totalCost: 'total',
}

/**
 * The usage and cost maps of an observation record. Token counts may stand beside `usage` or in it;
 * a cost may be given, or follow from the prices a unit that were sent. Without either the price
 * table applies later (xtrace-native contract §3).
 */
export function usageAndCost(sent: NativeObservation): { usage?: UsageMap; cost?: CostMap } {
  const usage = units({ ...readUsage(sent.usage ?? {}), ...counts(sent), ...units(sent.usageDetails ?? {}) })
  const given = dollars({
    ...renamed(sent.usage ?? {}, COST_NAMES),
    ...calculated(sent),
    ...dollars(sent.costDetails ?? {}),
  })
  const isGiven = Object.keys(given).length > 0
  return providedMaps({ usageDetails: usage, costDetails: isGiven ? given : fromPrices(sent, usage) })
}

function readUsage(usage: Fields): UsageMap {
  const rest = Object.entries(usage).filter(([key]) => !(key in COST_NAMES || key in COUNT_NAMES))
  return { ...units(Object.fromEntries(rest)), ...units(renamed(usage, COUNT_NAMES)) }
}

function counts({ promptTokens, completionTokens, totalTokens }: NativeObservation): UsageMap {
  return units({ input: promptTokens, output: completionTokens, total: totalTokens })
}

function calculated(sent: NativeObservation): CostMap {
  return dollars({
    input: sent.calculatedInputCost,
    output: sent.calculatedOutputCost,
    total: sent.calculatedTotalCost,
  })
}

function fromPrices({ inputPrice, outputPrice, totalPrice }: NativeObservation, usage: UsageMap): CostMap {
  const input = times(inputPrice, usage['input'])
  const output = times(outputPrice, usage['output'])
  const hasParts = input !== undefined || output !== undefined
  const totalUnits = usage['total'] ?? (usage['input'] ?? 0) + (usage['output'] ?? 0)
  return dollars({ input, output, total: hasParts ? undefined : times(totalPrice, totalUnits) })
}

function times(price: number | null | undefined, units: number | undefined): number | undefined {
  return typeof price === 'number' && units !== undefined ? price * units : undefined
}

/** The named fields under their new names. */
function renamed(fields: Fields, names: Readonly<Record<string, string>>): Fields {
  return Object.fromEntries(Object.entries(names).map(([from, to]) => [to, fields[from]]))
}

function units(fields: Fields): UsageMap {
  const checked = normaliseUsageDetails(fields)
  return (checked.ok ? checked.value : undefined) ?? {}
}

function dollars(fields: Fields): CostMap {
  const checked = normaliseCostDetails(fields)
  return (checked.ok ? checked.value : undefined) ?? {}
}
