import { formatDuration } from '#lib/format/duration.ts'
import type { Interval } from '#search/time-range.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

interface Listed {
  readonly pages: readonly { readonly scannedTo: number | null }[]
}

/** Back to when was looked, where the last page had to be given before it was full. */
export const scannedToOf = (data: Listed | undefined): number | undefined => data?.pages.at(-1)?.scannedTo ?? undefined

/** `Partial: scanned 6 of 30 days`; in hours below two days. */
export function partialText({ fromMs, toMs }: Interval, scannedToMs: number): string {
  const [span, scanned] = [toMs - fromMs, Math.max(0, toMs - scannedToMs)]
  const [unit, name] = span >= 2 * DAY ? [DAY, 'days'] : [HOUR, 'hours']
  if (span < unit) return `Partial: scanned ${formatDuration(scanned)} of ${formatDuration(span)}`
  return `Partial: scanned ${inUnits(scanned / unit)} of ${inUnits(span / unit)} ${name}`
}

/** Whole above ten, with one digit behind the point below. */
const inUnits = (value: number): string => String(value < 10 ? Math.floor(value * 10) / 10 : Math.floor(value))
