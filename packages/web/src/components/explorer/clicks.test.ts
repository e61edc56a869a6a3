import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type Clicks, createClicks } from './clicks.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

type Click = (clicks: Clicks, act: (what: string) => () => void) => void

test.each<[name: string, click: Click, done: readonly string[]]>([
  ['one click acts', (clicks, act) => clicks.single(act('peek')), ['peek']],
  [
    'a double click leaves out what its first would have done',
    (clicks, act) => {
      clicks.single(act('first'))
      vi.advanceTimersByTime(150)
      clicks.single(act('second'))
      clicks.drop()
      act('open')()
    },
    ['open'],
  ],
  [
    'of two fast clicks on two rows the last acts',
    (clicks, act) => {
      clicks.single(act('one'))
      vi.advanceTimersByTime(150)
      clicks.single(act('other'))
    },
    ['other'],
  ],
  [
    'two slow clicks act twice',
    (clicks, act) => {
      clicks.single(act('one'))
      vi.advanceTimersByTime(200)
      clicks.single(act('other'))
    },
    ['one', 'other'],
  ],
])('%s', (_, click, done) => {
  const got: string[] = []
  click(createClicks(), (what) => () => void got.push(what))
  vi.advanceTimersByTime(1000)
  expect(got).toEqual(done)
})
