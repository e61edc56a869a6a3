import { countPaths } from '#lib/regex-paths.ts'

/** Longer names are not looked up: no vendor has them, and the cost of matching grows with the length. */
export const MAX_NAME_LENGTH = 256
const MAX_PATTERN_LENGTH = 2_000
/** 2^25 paths take about 0.2 s at worst. */
const MAX_PATHS = 2 ** 25

const IGNORE_CASE = '(?i)'

/**
 * A match pattern as JS reads it: PostgreSQL's `~` is case-sensitive and not anchored, and `(?i)` in
 * front makes it ignore case (langfuse-ingestion contract §4.1). @throws SyntaxError
 */
export function compilePattern(pattern: string): RegExp {
  return pattern.startsWith(IGNORE_CASE) ? new RegExp(pattern.slice(IGNORE_CASE.length), 'i') : new RegExp(pattern)
}

/** What is wrong with a pattern that a user gives; undefined when it may be kept. */
export function patternFault(pattern: string): string | undefined {
  if (pattern.length > MAX_PATTERN_LENGTH) return `Invalid regex pattern: longer than ${MAX_PATTERN_LENGTH} characters`
  if (pattern.includes('[[:'))
    return 'Invalid regex pattern: write \\d, \\w or \\s instead of a class such as [[:digit:]]'
  try {
    const source = pattern.startsWith(IGNORE_CASE) ? pattern.slice(IGNORE_CASE.length) : pattern
    if (countPaths(source, MAX_NAME_LENGTH) <= MAX_PATHS) return undefined
    return 'Invalid regex pattern: it could take too long; do not repeat a group that holds a choice or a repetition'
  } catch (error) {
    return `Invalid regex pattern: ${error instanceof Error ? error.message : String(error)}`
  }
}
