import { expect, test } from 'vitest'
import { groupBy } from './group.ts'

test('values are grouped in their order', () => {
  const groups = groupBy([3, 1, 4, 1, 5, 9], (value) => (value % 2 === 0 ? 'even' : 'odd'))
  expect([...groups]).toEqual([
    ['odd', [3, 1, 1, 5, 9]],
    ['even', [4]],
  ])
})
