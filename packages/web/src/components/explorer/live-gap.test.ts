import { expect, test } from 'vitest'
import type { StreamReset } from '#api/tail.ts'
import { gapText } from './live-gap.ts'

test.each<[name: string, reset: StreamReset, text: string]>([
  ['a break of the line', { why: 'break', missedMs: 42_000 }, 'Missed 42.0 s: the list was read again.'],
  ['a tab that was away', { why: 'break', missedMs: 12 * 60_000 }, 'Missed 12m 00s: the list was read again.'],
  ['a flood', { why: 'flood' }, 'More came at once than can be told one by one: the list was read again.'],
  [
    'a server of another version',
    { why: 'unreadable' },
    'Rows came that this page cannot read: the list was read again. Load the page anew if this returns.',
  ],
])('%s is said', (_, reset, text) => {
  expect(gapText(reset)).toBe(text)
})
