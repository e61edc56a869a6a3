import { expect, test } from 'vitest'
import { stacked } from './chart-data.ts'

test('what is stacked stands on what is under it, and a gap on nothing', () => {
  const series = [
    { label: 'ok', colour: 'chart-1' as const, values: [1, 2, null] },
    { label: 'failed', colour: 'error' as const, values: [1, null, 3] },
  ]
  expect(stacked(series)).toEqual([
    [1, 2, null],
    [2, null, 3],
  ])
})
