import { grouped, isKnown, scaled, significant, signOf, UNKNOWN, withoutZeros } from './digits.ts'

export interface CostFormatOptions {
  /** Not billed but reckoned: ends in `~`. */
  readonly isEstimate?: boolean
}

/** US dollars: `–`, `$0`, `$0.0000012`, `$0.0421`, `$12.34`, `$1,234`, `$1.23M`; never an exponent. */
export function formatCost(dollars: number | null | undefined, options: CostFormatOptions = {}): string {
  if (!isKnown(dollars)) return UNKNOWN
  return `${signOf(dollars)}$${amount(Math.abs(dollars))}${options.isEstimate ? '~' : ''}`
}

function amount(dollars: number): string {
  if (dollars === 0) return '0'
  if (dollars < 0.01) return withoutZeros(significant(dollars, 2))
  if (Number(dollars.toPrecision(3)) < 1) return withoutZeros(significant(dollars, 3))
  if (Number(dollars.toFixed(2)) < 1000) return dollars.toFixed(2)
  if (Math.round(dollars) < 1_000_000) return grouped(dollars.toFixed(0))
  const { digits, unit } = scaled(dollars / 1_000_000, 3, ['M', 'B', 'T'])
  return digits + unit
}

/** A price per token as it is quoted: for a million tokens, `$2.50 / M`. */
export function formatPrice(dollarsPerToken: number | null | undefined): string {
  return isKnown(dollarsPerToken) ? `${formatCost(dollarsPerToken * 1_000_000)} / M` : UNKNOWN
}
