import type { StreamReset } from '#api/tail.ts'
import { formatDuration } from '#lib/format/duration.ts'

/** A tab that was away for less has missed nothing worth a word. */
export const MIN_GAP_MS = 60_000

/** What is said of rows that a live list could not be told. */
export function gapText(reset: StreamReset): string {
  switch (reset.why) {
    case 'break':
      return `Missed ${formatDuration(reset.missedMs)}: the list was read again.`
    case 'flood':
      return 'More came at once than can be told one by one: the list was read again.'
    case 'unreadable':
      return 'Rows came that this page cannot read: the list was read again. Load the page anew if this returns.'
  }
}
