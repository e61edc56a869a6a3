/** The smaller formats of the table: counts, bytes, percents, changes, scores, yes and no. */
import { grouped, isKnown, scaled, significant, signOf, UNKNOWN, withoutZeros } from './digits.ts'

/** A count in full: `1,234`; `≈ 1,234` when estimated. */
export function formatCount(count: number | null | undefined, options: { readonly isEstimate?: boolean } = {}): string {
  if (!isKnown(count)) return UNKNOWN
  return `${options.isEstimate ? '≈ ' : ''}${signOf(count)}${grouped(Math.abs(Math.round(count)).toFixed(0))}`
}

/** A count where there is no room for all of its digits: `12.4k`. */
export function formatShortCount(count: number | null | undefined): string {
  if (!isKnown(count)) return UNKNOWN
  const { digits, unit } = scaled(Math.abs(count), 3, ['', 'k', 'M', 'B', 'T'])
  return signOf(count) + digits + unit
}

/** Decimal bytes: `4.2 MB` is 4 200 000. */
export function formatBytes(bytes: number | null | undefined): string {
  if (!isKnown(bytes)) return UNKNOWN
  const size = Math.abs(bytes)
  const { digits, unit } = scaled(size, size < 1000 ? 3 : 2, ['B', 'kB', 'MB', 'GB', 'TB', 'PB'])
  return `${signOf(bytes)}${digits} ${unit}`
}

/** A share between 0 and 1: `0.4 %`, `61 %`. */
export function formatPercent(share: number | null | undefined): string {
  if (!isKnown(share)) return UNKNOWN
  return `${signOf(share)}${percent(Math.abs(share))} %`
}

/** Two digits below a hundred, whole above. */
function percent(share: number): string {
  const value = share * 100
  return value >= 10 ? grouped(value.toFixed(0)) : withoutZeros(significant(value, value < 1 ? 1 : 2))
}

export interface Change {
  readonly direction: 'up' | 'down' | 'same'
  /** With the sign: `+12 %`. */
  readonly text: string
}

/** How a figure stands against the one of the period before; nothing to say when either is unknown or the former is 0. */
export function formatChange(now: number | null | undefined, before: number | null | undefined): Change | undefined {
  if (!isKnown(now) || !isKnown(before) || before === 0) return undefined
  const share = (now - before) / Math.abs(before)
  if (Math.abs(share) < 0.0005) return { direction: 'same', text: '±0 %' }
  return { direction: share > 0 ? 'up' : 'down', text: `${share > 0 ? '+' : ''}${formatPercent(share)}` }
}

/** A score with three digits: `0.91`, `0.667`, `12.3`. */
export function formatScore(value: number | null | undefined): string {
  if (!isKnown(value)) return UNKNOWN
  return signOf(value) + withoutZeros(grouped(significant(Math.abs(value), 3)))
}

/** A mark for the eye, a word for readers. */
export const formatBoolean = (value: boolean): { readonly mark: '✓' | '✗'; readonly text: 'yes' | 'no' } =>
  value ? { mark: '✓', text: 'yes' } : { mark: '✗', text: 'no' }
