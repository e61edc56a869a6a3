import { describe, expect, test } from 'vitest'
import { buildOutline } from '#lib/trace/outline.ts'
import { skeletonOf } from '#lib/trace/skeleton.ts'
import { buildTree } from '#lib/trace/tree.ts'
import { siblingPlaces } from './sibling-places.ts'
import { treeLayout } from './tree-layout.ts'

describe('layout', () => {
  test('words left, bars in the rest', () => {
    expect(treeLayout(800, 400, false)).toEqual({
      rowPx: 26,
      wordsPx: 400,
      barLeftPx: 408,
      barWidthPx: 384,
      barMiddlePx: 13,
    })
  })
  test('bars keep their room', () => expect(treeLayout(700, 900, false).wordsPx).toBe(540))
  test('a finger needs higher rows', () => expect(treeLayout(800, 400, true).rowPx).toBe(44))
  test('words over the bars where there is no room beside', () => {
    expect(treeLayout(390, 400, false)).toMatchObject({ wordsPx: undefined, rowPx: 44, barWidthPx: 374 })
  })
})

test('places among siblings', () => {
  const tree = buildTree(
    skeletonOf([
      { id: 'a', start: 0, end: 9 },
      { id: 'b', parentId: 'a', start: 1, end: 2 },
      { id: 'c', parentId: 'a', start: 3, end: 4 },
      { id: 'd', start: 10, end: 11 },
    ]),
    { nowMs: 1e15 },
  )
  const { place, count } = siblingPlaces(buildOutline(tree))
  expect([...place]).toEqual([1, 1, 2, 2])
  expect([...count]).toEqual([2, 2, 2, 2])
})
