import { isKnown, scaled, signOf, UNKNOWN } from './digits.ts'

const UNITS = ['', 'k', 'M', 'B', 'T'] as const

/** A count of tokens: exact below 1 000, then three digits: `840`, `12.3k`, `1.23M`. */
export function formatTokens(tokens: number | null | undefined): string {
  if (!isKnown(tokens)) return UNKNOWN
  const size = Math.abs(tokens)
  if (size < 1000) return signOf(tokens) + Math.round(size)
  const { digits, unit } = scaled(size, 3, UNITS)
  return signOf(tokens) + digits + unit
}

/** Input and output: `12.3k → 840`; `–` when neither is known. */
export function formatTokenPair(input: number | null | undefined, output: number | null | undefined): string {
  return isKnown(input) || isKnown(output) ? `${formatTokens(input)} → ${formatTokens(output)}` : UNKNOWN
}

/** The part of the input that came from a cache: `9.1k cached`. */
export const formatCached = (tokens: number | null | undefined): string =>
  isKnown(tokens) ? `${formatTokens(tokens)} cached` : UNKNOWN

/** `41.2 tok/s`. */
export function formatSpeed(tokensPerSecond: number | null | undefined): string {
  if (!isKnown(tokensPerSecond)) return UNKNOWN
  const { digits, unit } = scaled(Math.abs(tokensPerSecond), 3, UNITS)
  return `${signOf(tokensPerSecond)}${digits}${unit} tok/s`
}
