/**
 * The one place where numbers become digits. Everything shown is in English digits, `.` for decimals
 * and `,` for thousands, so that a figure looks the same to all who talk about it.
 */

/** Stands for what is not known; never `0`. */
export const UNKNOWN = '–'

/** A figure that can be shown: neither absent nor NaN nor infinite. */
export const isKnown = (value: number | null | undefined): value is number =>
  typeof value === 'number' && Number.isFinite(value)

/** `count` significant digits, never with an exponent: 0.0000012 stays `0.0000012`. */
export function significant(value: number, count: number): string {
  if (value === 0) return '0'
  const power = Math.floor(Math.log10(Math.abs(Number(value.toPrecision(count)))))
  return power >= count ? Number(value.toPrecision(count)).toFixed(0) : value.toFixed(Math.min(100, count - 1 - power))
}

/** `0.500` → `0.5`, `12.0` → `12`, `120` stays. */
export function withoutZeros(digits: string): string {
  return digits.includes('.') ? digits.replace(/\.?0+$/, '') : digits
}

/** Thousands with commas: `1234567` → `1,234,567`. Takes digits with or without decimals and sign. */
export function grouped(digits: string): string {
  const [whole = '', fraction] = digits.split('.')
  const commas = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return fraction === undefined ? commas : `${commas}.${fraction}`
}

/** The value and the unit of the first step that it fits, after rounding to `digits` significant digits. */
export function scaled(value: number, digits: number, units: readonly string[]): { digits: string; unit: string } {
  const last = units.length - 1
  let rest = value
  let step = 0
  while (step < last && Math.abs(Number(rest.toPrecision(digits))) >= 1000) {
    rest /= 1000
    step++
  }
  return { digits: grouped(withoutZeros(significant(rest, digits))), unit: units[step] ?? '' }
}

/** The sign as typography has it: a minus, not a hyphen. */
export const signOf = (value: number): string => (value < 0 ? '−' : '')
