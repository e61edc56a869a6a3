import { formatDuration } from '#lib/format/duration.ts'
import type { Interval } from '#search/time-range.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

interface Listed {
  readonly pages: readonly { readonly scannedTo: number | null }[]
}

/** Back to when was looked, where the last page had to be given before it was full. */
export const scannedToOf = (data: Listed | undefined): number | undefined => data?.pages.at(-1)?.scannedTo ?? undefined

/** `Partial: scanned 6 of 30 days`; in hours below two days, and what is less than one of either as it is. */
export function partialText({ fromMs, toMs }: Interval, scannedToMs: number): string {
  const [span, scanned] = [toMs - fromMs, Math.max(0, toMs - scannedToMs)]
  const [unit, name] = span >= 2 * DAY ? [DAY, 'days'] : [HOUR, 'hours']
  if (span < unit) return `Partial: scanned ${formatDuration(scanned)} of ${formatDuration(span)}`
  const done = scanned < unit ? formatDuration(scanned) : Math.floor(scanned / unit)
  return `Partial: scanned ${done} of ${Math.round(span / unit)} ${name}`
}
