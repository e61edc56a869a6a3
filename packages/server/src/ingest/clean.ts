/**
 * Cleaning of the usage and cost maps that clients send, the same for every way in. Odd values are
 * dropped silently, so that a malformed counter never costs the observation that carries it
 * (langfuse-ingestion contract §2.3).
 */
import type { CostMap, UsageMap } from '#domain/change.ts'

type Fields = Readonly<Record<string, unknown>>

/** OpenAI's own shapes: the names of their totals and of the objects with the parts. */
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
type OpenAiShape = (typeof OPENAI_SHAPES)[number]

/**
 * Reads `usageDetails`: the strict OpenAI completion and response shapes become `input`, `output`,
 * `total` and `input_<part>` / `output_<part>`, any other object keeps its non-negative integers
 * (digits as text included). Undefined when nothing is left.
 */
export function cleanUsageDetails(value: Fields): UsageMap | undefined {
  for (const shape of OPENAI_SHAPES) {
    const usage = readOpenAiUsage(value, shape)
    if (usage) return usage
  }
  return nonEmpty(Object.entries(value).flatMap(([key, units]) => entry(key, readUnits(units))))
}

/** Reads `costDetails`: US dollars by type, numbers ≥ 0 only. Undefined when nothing is left. */
export function cleanCostDetails(value: Fields): CostMap | undefined {
  return nonEmpty(Object.entries(value).flatMap(([key, dollars]) => entry(key, readDollars(dollars))))
}

/** A count of units, or undefined for what can't be one. */
export function readUnits(value: unknown): number | undefined {
  const units = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value
  return isUnits(units) ? units : undefined
}

/** An amount in US dollars, or undefined for what can't be one. */
export function readDollars(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined
}

function isUnits(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}

function entry(key: string, value: number | undefined): [string, number][] {
  return value === undefined ? [] : [[key, value]]
}

function nonEmpty(entries: [string, number][]): Readonly<Record<string, number>> | undefined {
  return entries.length === 0 ? undefined : Object.fromEntries(entries)
}

function readOpenAiUsage(value: Fields, shape: OpenAiShape): UsageMap | undefined {
  const known = new Set<string>([shape.input, shape.output, 'total_tokens', shape.inputDetails, shape.outputDetails])
  if (Object.keys(value).some((key) => !known.has(key))) return undefined
  const input = value[shape.input]
  const output = value[shape.output]
  const total = value['total_tokens']
  const inputParts = readParts(value[shape.inputDetails])
  const outputParts = readParts(value[shape.outputDetails])
  if (!isUnits(input) || !isUnits(output) || !isUnits(total) || !inputParts || !outputParts) return undefined
  return {
    input: remainder(input, inputParts),
    output: remainder(output, outputParts),
    total,
    ...prefixed('input_', inputParts),
    ...prefixed('output_', outputParts),
  }
}

/** The non-null parts of a total; undefined when they are not counts, which makes the whole shape not OpenAI's. */
function readParts(details: unknown): [string, number][] | undefined {
  if (details === undefined || details === null) return []
  if (typeof details !== 'object' || Array.isArray(details)) return undefined
  const parts: [string, number][] = []
  for (const [key, units] of Object.entries(details)) {
    if (units === null) continue
    if (!isUnits(units)) return undefined
    parts.push([key, units])
  }
  return parts
}

function remainder(total: number, parts: readonly [string, number][]): number {
  return Math.max(
    0,
    parts.reduce((left, [, units]) => left - units, total),
  )
}

function prefixed(prefix: string, parts: readonly [string, number][]): UsageMap {
  return Object.fromEntries(parts.map(([key, units]) => [prefix + key, units]))
}
