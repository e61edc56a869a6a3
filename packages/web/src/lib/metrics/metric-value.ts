import { grouped, significant, UNKNOWN, withoutZeros } from '#lib/format/digits.ts'

/** Four significant digits, as the unit is not known; `–` for none. */
export function formatValue(value: number | null): string {
  if (value === null) return UNKNOWN
  const sign = value < 0 ? '−' : ''
  const size = Math.abs(value)
  return `${sign}${grouped(withoutZeros(significant(size, Math.max(4, digitsBeforePoint(size)))))}`
}

const digitsBeforePoint = (size: number): number => (size >= 1 ? Math.min(15, Math.floor(Math.log10(size)) + 1) : 0)
