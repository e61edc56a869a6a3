import { expect, test } from 'vitest'
import { createStreamBreaks, type StreamBreaks } from './stream-breaks.ts'

type Story = (breaks: StreamBreaks, pass: (ms: number) => void) => void

const breakOf =
  (ms: number): Story =>
  (breaks, pass) => {
    breaks.open()
    pass(1000)
    breaks.lost()
    pass(ms)
    breaks.open()
  }

test.each<[name: string, story: Story, missedMs: number | undefined]>([
  ['none, where it was open all the time', (breaks) => breaks.open(), undefined],
  ['the whole break, told as soon as it is over', breakOf(42_000), 42_000],
  [
    'the break from its first failure, however often it fails',
    (breaks, pass) => {
      breaks.lost()
      pass(2000)
      breaks.lost()
      pass(3000)
      breaks.open()
      pass(400)
    },
    5000,
  ],
  [
    'none, where the flood comes hours after a break',
    (breaks, pass) => {
      breakOf(3000)(breaks, pass)
      pass(3 * 3_600_000)
    },
    undefined,
  ],
  [
    'the last of two breaks',
    (breaks, pass) => {
      breakOf(60_000)(breaks, pass)
      breakOf(2000)(breaks, pass)
    },
    2000,
  ],
])('missed is %s', (_, story, missedMs) => {
  let nowMs = 1_000_000
  const breaks = createStreamBreaks(() => nowMs)
  story(breaks, (ms) => {
    nowMs += ms
  })
  expect(breaks.missedMs()).toBe(missedMs)
})
