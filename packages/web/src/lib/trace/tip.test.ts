import { expect, test } from 'vitest'
import { type SkeletonRow, skeletonOf } from './skeleton.ts'
import { tipOf } from './tip.ts'
import { buildTree } from './tree.ts'

const tipId = (rows: SkeletonRow[]) => {
  const tree = buildTree(skeletonOf(rows), { nowMs: 1e15 })
  const tip = tipOf(tree)
  return tip === undefined ? undefined : tree.skeleton.ids[tip]
}

test.each<[string, SkeletonRow[], string | undefined]>([
  ['nothing', [], undefined],
  ['a root alone', [{ id: 'a', start: 0, end: 9 }], 'a'],
  [
    'the leaf that began last, not the one that ends last',
    [
      { id: 'a', start: 0, end: 9 },
      { id: 'b', parentId: 'a', start: 1, end: 8 },
      { id: 'c', parentId: 'a', start: 3, end: 4 },
    ],
    'c',
  ],
  [
    'no parent, however late it began',
    [
      { id: 'a', start: 0, end: 9 },
      { id: 'b', parentId: 'a', start: 5, end: 8 },
      { id: 'c', parentId: 'b', start: 4, end: 6 },
    ],
    'c',
  ],
  [
    'the last of those that began at once',
    [
      { id: 'a', start: 0, end: 9 },
      { id: 'b', parentId: 'a', start: 1, end: 8 },
      { id: 'c', parentId: 'a', start: 1, end: 4 },
    ],
    'c',
  ],
])('%s', (_, rows, expected) => expect(tipId(rows)).toBe(expected))
