import { expect, test } from 'vitest'
import { DAY_NS, MINUTE_NS } from './day-spans.ts'
import { createWrittenDays } from './written-days.ts'

const PLACE = { table: 'traces', projectId: 'p' } as const
const MINUTES_PER_DAY = 1440
const at = (day: number, minute: number) => ({
  project_id: 'p',
  timestamp: BigInt(day) * DAY_NS + BigInt(minute) * MINUTE_NS + 1n,
})

test('minutes that were written to since, joined', () => {
  const written = createWrittenDays()
  written.note('traces', [at(1, 5)])
  const clock = written.clock()
  written.note('traces', [at(1, 8), at(1, 7)])
  written.note('traces', [at(0, 3), { ...at(3, 3), project_id: 'q' }])
  written.note('observations', [{ project_id: 'p', start_time: 1n }])
  expect(written.since(clock, PLACE)).toEqual([
    { from: 3, to: 4 },
    { from: MINUTES_PER_DAY + 7, to: MINUTES_PER_DAY + 9 },
  ])
  expect(written.since(written.clock(), PLACE)).toEqual([])
})

test('of minutes written to long ago their days are told, and nothing to who asked since', () => {
  const written = createWrittenDays()
  const minute = (index: number) => at(Math.floor(index / MINUTES_PER_DAY), index % MINUTES_PER_DAY)
  written.note('traces', [at(0, 7)])
  for (let index = 0; index < 2 * MINUTES_PER_DAY; index += 2) written.note('traces', [minute(index)])
  const clock = written.clock()
  for (let day = 5; day < 7; day++)
    for (let index = 0; index < MINUTES_PER_DAY; index++) written.note('traces', [at(day, index)])
  expect(written.since(0, PLACE)?.[0]).toEqual({ from: 0, to: 2 * MINUTES_PER_DAY })
  const since = written.since(clock, PLACE)
  expect(since?.at(-1)?.to).toBe(7 * MINUTES_PER_DAY)
  expect(since?.every(({ from }) => from >= 5 * MINUTES_PER_DAY)).toBe(true)
})

test('past all bounds nothing is known of any', () => {
  const written = createWrittenDays()
  const clock = written.clock()
  written.note(
    'traces',
    Array.from({ length: 100_001 }, (_, day) => at(day, 0)),
  )
  expect(written.since(clock, PLACE)).toBeUndefined()
})
