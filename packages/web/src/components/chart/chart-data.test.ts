import { expect, test } from 'vitest'
import { placesBetweenGaps, stacked } from './chart-data.ts'

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

test.each([
  ['between gaps', [1, null, 2, null, 3, 3], [0, 2]],
  ['alone at the end', [null, 5], [1]],
  ['none in a run', [1, 2, 3], []],
  ['none', [], []],
])('points of their own: %s', (_, values, expected) => expect(placesBetweenGaps(values)).toEqual(expected))
