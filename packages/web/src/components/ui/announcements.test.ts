import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type Announce, createAnnouncements } from './announcements.ts'

beforeEach(() => void vi.useFakeTimers({ now: 0 }))
afterEach(() => void vi.useRealTimers())

const pass = (ms: number) => void vi.advanceTimersByTime(ms)

test.each<[name: string, story: (announce: Announce) => void, told: readonly string[]]>([
  ['one text is told at once', (announce) => announce('rows', '1 new'), ['0: 1 new']],
  [
    'of what changes fast the newest is told, once in two seconds',
    (announce) => {
      for (let count = 1; count <= 10; count++) {
        announce('rows', `${count} new`)
        pass(400)
      }
    },
    ['0: 1 new', '2000: 5 new', '4000: 10 new'],
  ],
  [
    'two sources take turns',
    (announce) => {
      for (let count = 1; count <= 5; count++) {
        announce('rows', `${count} new`)
        announce('job', `${count} done`)
        pass(1000)
      }
    },
    ['0: 1 new', '2000: 2 done', '4000: 4 new', '6000: 5 done', '8000: 5 new'],
  ],
  [
    'after a silence a text is told at once',
    (announce) => {
      announce('rows', '1 new')
      pass(2500)
      announce('rows', '2 new')
    },
    ['0: 1 new', '2500: 2 new'],
  ],
  [
    'what is over is not told any more, and what was told is taken back',
    (announce) => {
      announce('rows', '1 new')
      announce('job', '1 done')
      announce('job', '')
      pass(500)
      announce('rows', '')
    },
    ['0: 1 new', '500: '],
  ],
])('%s', (_, story, told) => {
  const got: string[] = []
  story(createAnnouncements((text) => got.push(`${Date.now()}: ${text}`)))
  pass(10_000)
  expect(got).toEqual(told)
})
