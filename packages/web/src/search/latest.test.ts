import { expect, test } from 'vitest'
import { latest, latestOfPage } from './latest.ts'

test.each([
  ['is rounded up', 12_345, 20_000],
  ['stands where it is', 20_000, 20_000],
])('the end of a rolling range %s', (_, nowMs, end) => {
  expect(latest(nowMs)).toBe(end)
})

test.each([
  { what: 'that comes up is that of its opening', openedMs: 19_900, nowMs: 20_100, end: 20_000 },
  { what: 'that has been there for a while is that of now', openedMs: 19_900, nowMs: 31_000, end: 40_000 },
])('the end of a page $what', ({ openedMs, nowMs, end }) => {
  expect(latestOfPage(openedMs, nowMs)).toBe(end)
})
