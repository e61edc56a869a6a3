import { expect, test } from 'vitest'
import { dailyCost } from './daily-cost.ts'

const DAY_MS = 86_400_000

test('days without traces cost nothing, and days are whole', () => {
  const sums = { countTraces: 1, countObservations: 1, usage: [] }
  const days = [{ date: '1970-01-03', totalCost: 0.5, ...sums }]
  expect(dailyCost(days, { fromMs: DAY_MS + 5, toMs: 2 * DAY_MS + 5 })).toEqual({
    times: [DAY_MS, 2 * DAY_MS],
    values: [0, 0.5],
    interval: { fromMs: DAY_MS, toMs: 3 * DAY_MS },
  })
})
