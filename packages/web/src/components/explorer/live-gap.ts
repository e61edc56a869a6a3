import { formatDuration } from '#lib/format/duration.ts'

/** A tab that was away for less has missed nothing worth a word. */
export const MIN_GAP_MS = 60_000

/** What is said of rows that a live list could not be told; `missedMs` is for how long, where that is known. */
export const gapText = (missedMs: number | undefined): string =>
  missedMs === undefined
    ? 'More came at once than can be told one by one: the list was read again.'
    : `Missed ${formatDuration(missedMs)}: the list was read again.`
