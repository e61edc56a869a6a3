import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  buildOutline,
  type Grouping,
  groupingsOf,
  groupOfRow,
  hasRowsBelow,
  nodesOfRow,
  type Outline,
} from './outline.ts'
import { ERROR, type SkeletonRow, skeletonOf } from './skeleton.ts'
import { anyTrace } from './trace.arbitrary.ts'
import { buildTree } from './tree.ts'
import { openTo, revealing, shownFrom, toggled, visibleRows, withRow, withSubtree } from './visible.ts'

const treeOf = (rows: readonly SkeletonRow[]) => buildTree(skeletonOf(rows), { nowMs: 1e12 })
/** Siblings under a root, a letter each: their names, in order. */
const siblings = (names: string, more: (index: number) => Partial<SkeletonRow> = () => ({})): SkeletonRow[] => [
  { id: 'root', name: 'root', start: 0, end: 1000 },
  ...[...names].map((name, index) => ({
    id: `${name}${index}`,
    parentId: 'root',
    name,
    start: index,
    end: index + 1,
    ...more(index),
  })),
]
function text(outline: Outline, rows: Iterable<number> = outline.order): string {
  return [...rows]
    .map((row) => {
      const group = groupOfRow(outline, row)
      const label = group
        ? `${group.kind}:${group.label}×${group.members.length}`
        : (outline.tree.skeleton.ids[row] ?? '?')
      return `${'.'.repeat(outline.depth[row] ?? 0)}${label}`
    })
    .join(' ')
}

describe('groups of siblings', () => {
  test.each<[string, SkeletonRow[], Grouping, string]>([
    ['three equals stay', siblings('aaa'), 'none', 'root .a0 .a1 .a2'],
    ['four equals are one row', siblings('aaaab'), 'none', 'root .same:a×4 ..a0 ..a1 ..a2 ..a3 .b4'],
    [
      'runs are apart',
      siblings('aaaabaaaa'),
      'none',
      'root .same:a×4 ..a0 ..a1 ..a2 ..a3 .b4 .same:a×4 ..a5 ..a6 ..a7 ..a8',
    ],
    [
      'three turns of a sequence',
      siblings('xabababy'),
      'step',
      'root .x0 .cycle:1×2 ..a1 ..b2 .cycle:2×2 ..a3 ..b4 .cycle:3×2 ..a5 ..b6 .y7',
    ],
    ['two turns are none', siblings('abab'), 'step', 'root .a0 .b1 .a2 .b3'],
    [
      'the reading that covers most',
      siblings('aabaabaab'),
      'step',
      'root .cycle:1×3 ..a0 ..a1 ..b2 .cycle:2×3 ..a3 ..a4 ..b5 .cycle:3×3 ..a6 ..a7 ..b8',
    ],
    [
      'a period of seven is none',
      siblings('abcdefgabcdefgabcdefg'),
      'step',
      `root ${[...'abcdefgabcdefgabcdefg'].map((name, index) => `.${name}${index}`).join(' ')}`,
    ],
    [
      'ids of steps go before sequences',
      siblings('abababc', (index) => ({ step: index < 2 ? 's1' : index < 6 ? 's2' : null })),
      'step',
      'root .step:s1×2 ..a0 ..b1 .step:s2×4 ..a2 ..b3 ..a4 ..b5 .c6',
    ],
    [
      'ids may be interleaved',
      siblings('abab', (index) => ({ run: index % 2 ? 'odd' : 'even' })),
      'run',
      'root .run:even×2 ..a0 ..a2 .run:odd×2 ..b1 ..b3',
    ],
    [
      'the id of the parent groups nothing',
      [{ id: 'root', turn: 't' }, ...siblings('ab', () => ({ turn: 't' })).slice(1)],
      'turn',
      'root .a0 .b1',
    ],
    [
      'equals within a group fold',
      siblings('aaaab', () => ({ agent: 'x' })),
      'agent',
      'root .agent:x×5 ..same:a×4 ...a0 ...a1 ...a2 ...a3 ..b4',
    ],
    [
      'equals beside groups fold',
      siblings('abaaaa', (index) => (index < 2 ? { turn: '1' } : {})),
      'turn',
      'root .turn:1×2 ..a0 ..b1 .same:a×4 ..a2 ..a3 ..a4 ..a5',
    ],
  ])('%s', (_, ...[rows, grouping, expected]) => expect(text(buildOutline(treeOf(rows), grouping))).toBe(expected))

  test('only groupings that change something are offered', () => {
    expect([...groupingsOf(treeOf(siblings('ababab')))]).toEqual(['step'])
    expect([...groupingsOf(treeOf(siblings('ab', () => ({ turn: 't' }))))]).toEqual(['turn'])
    expect([...groupingsOf(treeOf(siblings('aaaa')))]).toEqual([])
  })

  test('a row stands for its node or its members', () => {
    const outline = buildOutline(treeOf(siblings('aaaa')))
    expect(nodesOfRow(outline, 0)).toEqual([0])
    expect(nodesOfRow(outline, 5)).toEqual([1, 2, 3, 4])
    expect([0, 1, 5].map((row) => hasRowsBelow(outline, row))).toEqual([true, false, true])
  })
})

describe('visible rows', () => {
  const outline = buildOutline(treeOf(siblings('aaaab', (index) => ({ level: index === 2 ? 'ERROR' : 'DEFAULT' }))))
  const shown = (open: Uint8Array) => text(outline, visibleRows(outline, { open }))

  test('groups of equals start closed', () => expect(shown(openTo(outline))).toBe('root .same:a×4 .b4'))
  test('to a depth', () => expect(shown(openTo(outline, 0))).toBe('root'))
  test('a node in a closed group can be revealed', () =>
    expect(shown(revealing(openTo(outline, 0), outline, 3))).toBe('root .same:a×4 ..a0 ..a1 ..a2 ..a3 .b4'))
  test('a subtree opens and closes whole', () => {
    expect(shown(withSubtree(openTo(outline), outline, { row: 0, isOpen: true }))).toContain('..a3')
    expect(shown(withSubtree(openTo(outline), outline, { row: 0, isOpen: false }))).toBe('root')
  })
  test('of a level and above, with what holds them', () => {
    const mask = shownFrom(outline, ERROR)
    const open = revealing(openTo(outline), outline, 3)
    expect(text(outline, visibleRows(outline, { open, shown: mask }))).toBe('root .same:a×4 ..a2')
  })

  test('each node is one row, and every splice gives what a rebuild gives', () => {
    const steps = fc.array(fc.nat(), { maxLength: 20 })
    const grouping = fc.constantFrom<Grouping>('none', 'step')
    fc.assert(
      fc.property(anyTrace, grouping, steps, fc.boolean(), (rows, ...[by, rowsToToggle, isFiltered]) => {
        const some = buildOutline(treeOf(rows), by)
        const { tree, order } = some
        expect([...order].filter((row) => row < tree.nodeCount).sort((a, b) => a - b)).toEqual(
          [...tree.order].sort((a, b) => a - b),
        )
        const mask = isFiltered ? shownFrom(some, ERROR) : undefined
        let open = openTo(some)
        let visible = visibleRows(some, { open, shown: mask })
        for (const pick of rowsToToggle) {
          if (order.length === 0) break
          const row = order[pick % order.length] ?? 0
          open = withRow(open, row, open[row] !== 1)
          visible = toggled(visible, some, { row, openness: { open, shown: mask } })
          expect(visible).toEqual(visibleRows(some, { open, shown: mask }))
        }
      }),
    )
  })
})
