import { expect, test } from 'vitest'
import { piecesOf } from './stored-ids.ts'

test.each([
  { name: 'nothing of no hours', hours: [], pieces: [] },
  {
    name: 'small hours together',
    hours: [
      ['a', 1],
      ['b', 2],
    ],
    pieces: [['a', 'b', 1, 0]],
  },
  {
    name: 'those apart that are too many together',
    hours: [
      ['a', 200_000],
      ['b', 100_000],
      ['c', 1],
    ],
    pieces: [
      ['a', 'a', 1, 0],
      ['b', 'c', 1, 0],
    ],
  },
  {
    name: 'a large hour in parts',
    hours: [['a', 500_001]],
    pieces: [
      ['a', 'a', 3, 0],
      ['a', 'a', 3, 1],
      ['a', 'a', 3, 2],
    ],
  },
] as const)('ids are read: $name', ({ hours, pieces }) => {
  const read = piecesOf(hours.map(([hour, rows]) => ({ hour, rows })))
  expect(read.map(({ from, to, of, index }) => [from, to, of, index])).toEqual(pieces)
})
