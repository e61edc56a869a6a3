/**
 * Usage and cost as clients send them, made into plain maps: usage type → whole units ≥ 0, cost
 * type → US dollars ≥ 0. Every way in uses these functions, so that the same counts mean the same
 * thing wherever they came from (langfuse-ingestion contract §2.3 and §3.3).
 */
import type { CostMap, UsageMap } from '#domain/change.ts'
import { type Fields, isFields } from '#domain/fields.ts'

/** A sent value made usable (undefined where it says nothing), or the sentence that refuses it. */
export type Checked<T> =
  | { readonly ok: true; readonly value: T | undefined }
  | { readonly ok: false; readonly message: string }

/** What the older `usage` object says. Counts and costs may be missing or negative. */
export interface LegacyUsage {
  readonly usage: Partial<Record<UsageKey, number>>
  readonly cost: Partial<Record<UsageKey, number>>
}

type UsageKey = 'input' | 'output' | 'total'

const USAGE_KEYS: readonly UsageKey[] = ['input', 'output', 'total']
const OPENAI_COUNTS = { input: 'promptTokens', output: 'completionTokens', total: 'totalTokens' } as const
const COSTS = { input: 'inputCost', output: 'outputCost', total: 'totalCost' } as const
const UNITS: readonly unknown[] = ['CHARACTERS', 'TOKENS', 'SECONDS', 'MILLISECONDS', 'IMAGES', 'REQUESTS']

/**
 * Reads `usage` of the ingestion API: `{input, output, total, unit, inputCost, outputCost,
 * totalCost}`, or OpenAI's `{promptTokens, completionTokens, totalTokens}`, which carry no cost.
 * Counts must be integers, costs numbers, the unit a known one; an empty object says nothing.
 */
export function normaliseUsage(value: unknown): Checked<LegacyUsage> {
  if (isAbsent(value)) return { ok: true, value: undefined }
  if (!isFields(value)) return { ok: false, message: 'usage must be an object' }
  if (!isAbsent(value['unit']) && !UNITS.includes(value['unit'])) {
    return { ok: false, message: `usage.unit must be one of ${UNITS.join(', ')}` }
  }
  const isOpenAi = USAGE_KEYS.some((key) => !isAbsent(value[OPENAI_COUNTS[key]]))
  const countKeys = isOpenAi ? OPENAI_COUNTS : { input: 'input', output: 'output', total: 'total' }
  const usage = readNumbers(value, countKeys, Number.isInteger)
  if (typeof usage === 'string') return { ok: false, message: `usage.${usage} must be an integer` }
  const cost = isOpenAi ? {} : readNumbers(value, COSTS, Number.isFinite)
  if (typeof cost === 'string') return { ok: false, message: `usage.${cost} must be a number` }
  const isEmpty = Object.keys(usage).length + Object.keys(cost).length === 0
  return { ok: true, value: isEmpty ? undefined : { usage, cost } }
}

/** OpenAI's own shapes, Chat Completions and Responses: the names of their counts and of the objects with the parts. */
const OPENAI_SHAPES = [
  {
    input: 'prompt_tokens',
    output: 'completion_tokens',
    inputDetails: 'prompt_tokens_details',
    outputDetails: 'completion_tokens_details',
  },
  {
    input: 'input_tokens',
    output: 'output_tokens',
    inputDetails: 'input_tokens_details',
    outputDetails: 'output_tokens_details',
  },
] as const

/**
 * Reads `usageDetails`. The two OpenAI shapes, with or without details and with no other key,
 * become `input`, `output`, `total` and one `input_<part>` or `output_<part>` for each detail,
 * which is taken out of `input` or `output` so that no token counts twice. Any other object keeps
 * its whole numbers ≥ 0, digits as text included, and loses the rest silently.
 */
export function normaliseUsageDetails(value: unknown): Checked<UsageMap> {
  if (isAbsent(value)) return { ok: true, value: undefined }
  if (!isFields(value)) return { ok: false, message: 'usageDetails must be an object' }
  for (const shape of OPENAI_SHAPES) {
    const usage = readOpenAiShape(value, shape)
    if (usage) return { ok: true, value: usage }
  }
  return { ok: true, value: keep(value, unitsOf) }
}

/** Reads `costDetails`: keeps numbers ≥ 0, loses the rest silently. */
export function normaliseCostDetails(value: unknown): Checked<CostMap> {
  if (isAbsent(value)) return { ok: true, value: undefined }
  if (!isFields(value)) return { ok: false, message: 'costDetails must be an object' }
  return { ok: true, value: keep(value, dollarsOf) }
}

/** The results of the three readers above. */
export interface SentUsage {
  readonly usage?: LegacyUsage | undefined
  readonly usageDetails?: UsageMap | undefined
  readonly costDetails?: CostMap | undefined
}

/**
 * The maps for an ObservationChange: `usage` first, the details laid over it key by key. A total
 * of 0 beside other counts says nothing, so that `{input: 0, output: 5}` totals 5.
 */
export function providedMaps({ usage, usageDetails, costDetails }: SentUsage): { usage?: UsageMap; cost?: CostMap } {
  const { total, ...counts } = usage?.usage ?? {}
  const sent = total || Object.keys(counts).length === 0 ? { ...counts, total } : counts
  const units = keep({ ...sent, ...usageDetails }, unitsOf)
  const dollars = keep({ ...usage?.cost, ...costDetails }, dollarsOf)
  return { ...(units && { usage: units }), ...(dollars && { cost: dollars }) }
}

/** Provided usage made final: with `total`, the sum of all keys where none was given. Empty stays empty. */
export function completeUsage(provided: UsageMap): UsageMap {
  const units = keep(provided, unitsOf)
  if (!units) return {}
  if (units['total'] !== undefined) return units
  return { ...units, total: Object.values(units).reduce((sum, count) => sum + count, 0) }
}

function readNumbers(
  fields: Fields,
  names: Readonly<Record<UsageKey, string>>,
  isRight: (value: number) => boolean,
): Partial<Record<UsageKey, number>> | string {
  const numbers: Partial<Record<UsageKey, number>> = {}
  for (const key of USAGE_KEYS) {
    const value = fields[names[key]]
    if (isAbsent(value)) continue
    if (typeof value !== 'number' || !isRight(value)) return names[key]
    numbers[key] = value
  }
  return numbers
}

function readOpenAiShape(fields: Fields, shape: (typeof OPENAI_SHAPES)[number]): UsageMap | undefined {
  const { [shape.input]: input, [shape.output]: output, total_tokens: total, ...rest } = fields
  const { [shape.inputDetails]: inputDetails, [shape.outputDetails]: outputDetails, ...others } = rest
  if (Object.keys(others).length > 0 || !isUnits(input) || !isUnits(output) || !isUnits(total)) return undefined
  const inputParts = readParts('input_', inputDetails)
  const outputParts = readParts('output_', outputDetails)
  if (!inputParts || !outputParts) return undefined
  return {
    input: without(input, inputParts),
    output: without(output, outputParts),
    total,
    ...inputParts,
    ...outputParts,
  }
}

function readParts(prefix: string, details: unknown): UsageMap | undefined {
  if (isAbsent(details)) return {}
  if (!isFields(details)) return undefined
  const parts: [string, number][] = []
  for (const [name, units] of Object.entries(details)) {
    if (isAbsent(units)) continue
    if (!isUnits(units)) return undefined
    parts.push([prefix + name, units])
  }
  return Object.fromEntries(parts)
}

function without(whole: number, parts: UsageMap): number {
  return Object.values(parts).reduce((left, part) => Math.max(left - part, 0), whole)
}

function keep<T>(fields: Fields, read: (value: unknown) => T | undefined): Record<string, T> | undefined {
  const kept: [string, T][] = []
  for (const [key, value] of Object.entries(fields)) {
    const right = read(value)
    if (right !== undefined) kept.push([key, right])
  }
  return kept.length > 0 ? Object.fromEntries(kept) : undefined
}

function unitsOf(value: unknown): number | undefined {
  const units = typeof value === 'string' && /^\s*\d+\s*$/.test(value) ? Number(value) : value
  return isUnits(units) ? units : undefined
}

function dollarsOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined
}

function isUnits(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0
}

function isAbsent(value: unknown): value is null | undefined {
  return value === null || value === undefined
}
