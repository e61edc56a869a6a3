import { expect, test } from 'vitest'
import { gapText } from './live-gap.ts'

test.each([
  ['a break of the line', 42_000, 'Missed 42.0 s: the list was read again.'],
  ['a tab that was away', 12 * 60_000, 'Missed 12m 00s: the list was read again.'],
  ['a flood', undefined, 'More came at once than can be told one by one: the list was read again.'],
])('%s is said', (_, missedMs, text) => {
  expect(gapText(missedMs)).toBe(text)
})
