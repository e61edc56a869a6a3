/**
 * What an observation cost, in US dollars by cost type (langfuse-ingestion contract §3.3). Sums
 * and products are rounded to the 15 digits that a double holds of any decimal, which takes away
 * the noise of binary fractions: 1295 × 1.5e-7 is 0.00019425, not 0.00019424999999999998.
 */
import type { CostMap, UsageMap } from '#domain/change.ts'
import { CACHE_READ, familyOf, INPUT, type UsageFamily } from '#domain/usage-families.ts'

export interface Cost {
  readonly cost: CostMap
  /** Undefined when it can't be known. */
  readonly totalCost: number | undefined
}

type Prices = Readonly<Record<string, number>>

export const NO_COST: Cost = { cost: {}, totalCost: undefined }

/**
 * The cost that the client gave; undefined when it gave none. Its total is the one given, else
 * input + output where there is nothing else, else unknown.
 */
export function givenCost(provided: CostMap): Cost | undefined {
  const types = Object.keys(provided)
  if (types.length === 0) return undefined
  if (provided['total'] !== undefined) return { cost: provided, totalCost: provided['total'] }
  if (!types.every((type) => type === 'input' || type === 'output')) return { cost: provided, totalCost: undefined }
  const total = sum(Object.values(provided))
  return { cost: { ...provided, total }, totalCost: total }
}

/**
 * Prices final usage (with its `total`). A usage type is charged the price of exactly its name.
 * Failing that it is charged, once for each kind of unit, the price under another name of the
 * same kind, or of the whole that the part was taken out of: reasoning tokens as output, cached
 * tokens as input. The price of the whole is not used where the parts add up to more than the
 * total, because they were then not taken out of it and would be paid twice.
 * `total` is charged only by its exact name, and then is the total; else the total is the sum.
 */
export function pricedCost(usage: UsageMap, prices: Prices): Cost {
  const charges: [string, number][] = []
  for (const [type, units] of Object.entries(usage)) {
    const price = priceOf(type, usage, prices)
    if (price !== undefined) charges.push([type, decimal(price * units)])
  }
  if (charges.length === 0) return NO_COST
  const cost = Object.fromEntries(charges)
  const totalCost = cost['total'] ?? sum(charges.map(([, dollars]) => dollars))
  return { cost: { ...cost, total: totalCost }, totalCost }
}

/** What a unit of each kind of a usage is charged; see `pricedCost`. */
export function chargedPrices(usage: UsageMap, prices: Prices): Prices {
  const charged = Object.keys(usage).flatMap((type) => {
    const price = priceOf(type, usage, prices)
    return price === undefined ? [] : [[type, price] as const]
  })
  return Object.fromEntries(charged)
}

/** What a token of a prompt costs, new and read from a cache, whichever name its price goes by. */
export interface PromptPrices {
  readonly input: number | undefined
  readonly cached: number | undefined
}

export const promptPrices = (prices: Prices): PromptPrices => ({
  input: familyPrice(INPUT, prices),
  cached: familyPrice(CACHE_READ, prices),
})

function priceOf(type: string, usage: UsageMap, prices: Prices): number | undefined {
  const exact = ownPrice(prices, type)
  const family = familyOf(type)
  if (exact !== undefined || !family || !standsForFamily(type, family, { usage, prices })) return exact
  return familyPrice(family, prices) ?? (isDisjoint(usage) ? substitutePrice(family, prices) : undefined)
}

/** True for the one usage type of a family that may be charged another name's price. */
function standsForFamily(type: string, family: UsageFamily, { usage, prices }: { usage: UsageMap; prices: Prices }) {
  const present = family.names.filter((name) => usage[name] !== undefined)
  return present[0] === type && present.every((name) => ownPrice(prices, name) === undefined)
}

function familyPrice(family: UsageFamily, prices: Prices): number | undefined {
  const name = family.names.find((one) => ownPrice(prices, one) !== undefined)
  return name === undefined ? undefined : prices[name]
}

function substitutePrice(family: UsageFamily, prices: Prices): number | undefined {
  for (const substitute of family.substitutes) {
    const price = familyPrice(substitute, prices)
    if (price !== undefined) return price
  }
  return undefined
}

/** True when the parts add up to the total: a difference of 1 % or one unit is rounding. */
function isDisjoint({ total = 0, ...parts }: UsageMap): boolean {
  const sumOfParts = Object.values(parts).reduce((left, units) => left + units, 0)
  return sumOfParts <= total + Math.max(1, total / 100)
}

function ownPrice(prices: Prices, type: string): number | undefined {
  return Object.hasOwn(prices, type) ? prices[type] : undefined
}

function sum(amounts: readonly number[]): number {
  return decimal(amounts.reduce((left, amount) => left + amount, 0))
}

function decimal(dollars: number): number {
  return Number(dollars.toPrecision(15))
}
