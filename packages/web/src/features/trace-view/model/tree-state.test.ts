import { describe, expect, test } from 'vitest'
import { buildOutline } from '#lib/trace/outline.ts'
import { ERROR, type SkeletonRow, skeletonOf } from '#lib/trace/skeleton.ts'
import { buildTree } from '#lib/trace/tree.ts'
import {
  carriedOver,
  collapsed,
  expanded,
  hiddenNodes,
  NO_ROW,
  openTree,
  reveal,
  select,
  setAllOpen,
  setOpen,
  stepped,
  type TreeState,
  toggleSubtree,
} from './tree-state.ts'

const row = (id: string, parentId?: string, more: Partial<SkeletonRow> = {}): SkeletonRow => ({
  id,
  parentId,
  name: id,
  type: 'SPAN',
  start: 0,
  end: 10,
  ...more,
})

const outlineOf = (rows: readonly SkeletonRow[]) => buildOutline(buildTree(skeletonOf(rows), { nowMs: 1e15 }))

const SMALL = [row('a'), row('b', 'a'), row('c', 'b'), row('d', 'a')]
/** The row of the only group among them. */
const GROUP = 5
const SEARCHES = [row('a'), ...[1, 2, 3, 4].map((n) => row(`s${n}`, 'a', { name: 'search', start: n }))]

const names = ({ outline, visible }: TreeState) =>
  [...visible].map((one) => outline.tree.skeleton.ids[one] ?? outline.groups[one - outline.tree.nodeCount]?.label)
const selectedId = ({ outline, selected }: TreeState) => outline.tree.skeleton.ids[selected]

describe('keys', () => {
  test.each([
    ['down from nothing', (s: TreeState) => stepped(s, 1), 'a'],
    ['to the end from nothing', (s: TreeState) => stepped(s, Number.POSITIVE_INFINITY), 'd'],
    ['down', (s: TreeState) => stepped(stepped(s, 1), 1), 'b'],
    ['down at the end', (s: TreeState) => stepped(select(s, 3), 1), 'd'],
    ['far up', (s: TreeState) => stepped(select(s, 3), -100), 'a'],
    ['right goes to the first below', (s: TreeState) => expanded(select(s, 0)), 'b'],
    ['right on a leaf', (s: TreeState) => expanded(select(s, 2)), 'c'],
    ['left on a leaf goes above', (s: TreeState) => collapsed(select(s, 2)), 'b'],
    ['left closes first', (s: TreeState) => collapsed(select(s, 1)), 'b'],
  ])('%s', (_, step, expected) => {
    expect(selectedId(step(openTree(outlineOf(SMALL))))).toBe(expected)
  })

  test('closing takes what is below off the screen, and the selection to the row', () => {
    const state = setOpen(select(openTree(outlineOf(SMALL)), 2), 1, false)
    expect(names(state)).toEqual(['a', 'b', 'd'])
    expect(selectedId(state)).toBe('b')
    expect(names(expanded(state))).toEqual(['a', 'b', 'c', 'd'])
  })

  test('a subtree closes and opens as a whole', () => {
    const closed = toggleSubtree(openTree(outlineOf(SMALL)), 0)
    expect(names(closed)).toEqual(['a'])
    expect(names(toggleSubtree(closed, 0))).toEqual(['a', 'b', 'c', 'd'])
  })

  test('all closed leaves the roots with what they hold, and a selection that can be seen', () => {
    const state = setAllOpen(select(openTree(outlineOf(SMALL)), 2), false)
    expect(names(state)).toEqual(['a', 'b', 'd'])
    expect(selectedId(state)).toBe('a')
  })
})

test.each([
  ['a closed group', openTree(outlineOf(SEARCHES)), 4],
  ['an open group', setAllOpen(openTree(outlineOf(SEARCHES)), true), 0],
  ['a closed row', setOpen(openTree(outlineOf(SMALL)), 1, false), 1],
])('%s hides its nodes', (_, state, count) => expect(hiddenNodes(state)).toBe(count))

describe('revealing', () => {
  test('opens the group around a node', () => {
    const state = openTree(outlineOf(SEARCHES))
    expect(names(state)).toEqual(['a', 'search'])
    const shown = reveal(state, 3)
    expect(selectedId(shown)).toBe('s3')
    expect(names(shown)).toEqual(['a', 'search', 's1', 's2', 's3', 's4'])
  })

  test('shows a node that the level filter leaves out', () => {
    const rows = [row('a'), row('b', 'a', { level: 'ERROR' }), row('c', 'a', { start: 1 })]
    const state = openTree(outlineOf(rows), ERROR)
    expect(names(state)).toEqual(['a', 'b'])
    expect(names(reveal(state, 2))).toEqual(['a', 'b', 'c'])
  })

  test('nothing is a place too', () => {
    expect(reveal(select(openTree(outlineOf(SMALL)), 1), NO_ROW).selected).toBe(NO_ROW)
  })
})

describe('another version of the trace', () => {
  test('keeps what was closed and selected', () => {
    const before = select(setOpen(openTree(outlineOf(SMALL)), 1, false), 3)
    const after = carriedOver(before, outlineOf([row('new'), ...SMALL, row('e', 'd', { start: 2 })]), 0)
    expect(names(after)).toEqual(['a', 'b', 'd', 'e', 'new'])
    expect(selectedId(after)).toBe('d')
  })

  test('keeps a group as it was, and the selection on it', () => {
    const before = setOpen(select(openTree(outlineOf(SEARCHES)), GROUP), GROUP, true)
    const grown = [row('new', undefined, { start: 20 }), ...SEARCHES, row('s5', 'a', { name: 'search', start: 5 })]
    const after = carriedOver(before, outlineOf(grown), 0)
    expect(names(after)).toEqual(['a', 'search', 's1', 's2', 's3', 's4', 's5', 'new'])
    expect(after.selected).toBe(grown.length)
    expect(names(carriedOver(setOpen(before, GROUP, false), outlineOf(grown), 0))).toEqual(['a', 'search', 'new'])
  })

  test('keeps a missing parent closed', () => {
    const rows = [row('a'), row('b', 'gone'), row('c', 'lost')]
    const closed = setOpen(openTree(outlineOf(rows)), rows.length, false)
    expect(names(closed)).toHaveLength(4)
    expect(names(carriedOver(closed, outlineOf([row('z'), ...rows]), 0))).toHaveLength(5)
  })

  test('lets go of what is gone', () => {
    expect(carriedOver(select(openTree(outlineOf(SMALL)), 3), outlineOf([row('a')]), 0).selected).toBe(NO_ROW)
  })
})
