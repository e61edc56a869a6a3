/** Which of a model's prices apply to one observation (langfuse-ingestion contract §4.3). */
import { RE2JS } from 're2js'
import type { UsageMap } from '#domain/change.ts'
import type { Model, PricingCondition, PricingTier } from '#domain/model.ts'

/** JSON texts of objects in which a tier may look for an attribute such as `service_tier`. */
export interface TierAttributes {
  readonly modelParameters?: string | undefined
  readonly metadata?: string | undefined
}

/**
 * The first tier by ascending priority whose conditions all hold, else the default one. Undefined
 * when there is no usage to price, or no default.
 */
export function choosePricingTier(model: Model, usage: UsageMap, attributes: TierAttributes): PricingTier | undefined {
  if (Object.keys(usage).length === 0) return undefined
  const others = model.tiers.filter((tier) => !tier.isDefault).sort((a, b) => a.priority - b.priority)
  const chosen = others.find((tier) => tier.conditions.every((condition) => holds(condition, usage, attributes)))
  return chosen ?? model.tiers.find((tier) => tier.isDefault)
}

function holds(condition: PricingCondition, usage: UsageMap, attributes: TierAttributes): boolean {
  return 'usageDetailPattern' in condition ? usageHolds(condition, usage) : attributeHolds(condition, attributes)
}

type UsageCondition = Extract<PricingCondition, { usageDetailPattern: string }>
type AttributeCondition = Exclude<PricingCondition, UsageCondition>

function usageHolds(condition: UsageCondition, usage: UsageMap): boolean {
  const matches = usageTypeMatcher(condition.usageDetailPattern, condition.caseSensitive ?? false)
  if (!matches) return false
  const units = Object.entries(usage).reduce((sum, [type, count]) => sum + (matches(type) ? count : 0), 0)
  return compare(units, condition)
}

function compare(units: number, { operator, value }: UsageCondition): boolean {
  switch (operator) {
    case 'gt':
      return units > value
    case 'gte':
      return units >= value
    case 'lt':
      return units < value
    case 'lte':
      return units <= value
    case 'eq':
      return units === value
    case 'neq':
      return units !== value
  }
}

const MAX_PATTERN_LENGTH = 200

/** `(input|prompt|cached)`: alternatives without any special character, as nearly all patterns are. */
const PLAIN_WORDS = /^(?:\(([\w|]+)\)|([\w|]+))$/

/**
 * A test for usage types, case-insensitive unless asked otherwise; undefined for a pattern that is
 * too long or not valid. Users write these patterns, so they run on an engine whose time grows
 * with the text alone: no pattern can stall the process. Look-around and back-references are
 * therefore not valid.
 */
export function usageTypeMatcher(pattern: string, caseSensitive: boolean): ((type: string) => boolean) | undefined {
  if (pattern.length > MAX_PATTERN_LENGTH) return undefined
  const words = PLAIN_WORDS.exec(pattern)
  if (words) return wordMatcher((words[1] ?? words[2] ?? '').split('|'), caseSensitive)
  try {
    const compiled = RE2JS.compile(pattern, caseSensitive ? 0 : RE2JS.CASE_INSENSITIVE)
    return (type) => compiled.matcher(type).find()
  } catch {
    return undefined
  }
}

function wordMatcher(words: readonly string[], caseSensitive: boolean): (type: string) => boolean {
  if (caseSensitive) return (type) => words.some((word) => type.includes(word))
  const lowered = words.map((word) => word.toLowerCase())
  return (type) => lowered.some((word) => type.toLowerCase().includes(word))
}

function attributeHolds({ source, key, values }: AttributeCondition, attributes: TierAttributes): boolean {
  const text = source === 'model_parameters' ? attributes.modelParameters : attributes.metadata
  const value = text === undefined ? undefined : topLevelValue(text, key)
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return false
  return values.includes(String(value))
}

function topLevelValue(text: string, key: string): unknown {
  const fields: unknown = JSON.parse(text)
  return typeof fields === 'object' && fields !== null && Object.hasOwn(fields, key)
    ? Reflect.get(fields, key)
    : undefined
}
