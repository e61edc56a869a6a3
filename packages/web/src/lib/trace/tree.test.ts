import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { criticalPath, nodesOfPath } from './critical-path.ts'
import { FLAG } from './intervals.ts'
import { type SkeletonRow, skeletonOf } from './skeleton.ts'
import { sumTree } from './sums.ts'
import { anyTrace } from './trace.arbitrary.ts'
import { buildTree, childrenOf, durationOf, hasFlag, nameOf, type TraceTree, typeOf } from './tree.ts'

const OLD = { nowMs: 1e12 }
const treeOf = (rows: readonly SkeletonRow[], options = OLD) => buildTree(skeletonOf(rows), options)
const idOf = (tree: TraceTree, node: number) =>
  tree.skeleton.ids[node] ?? `missing ${tree.missingIds[node - tree.skeleton.ids.length]}`
/** `a(b,c(d))` */
function outline(tree: TraceTree, nodes: readonly number[] = tree.roots): string {
  return nodes
    .map((node) => {
      const below = childrenOf(tree, node)
      return idOf(tree, node) + (below.length > 0 ? `(${outline(tree, below)})` : '')
    })
    .join(',')
}
const row = (id: string, parentId: string | undefined, ...[start, end]: number[]): SkeletonRow => ({
  id,
  parentId,
  start,
  end,
})

describe('the tree', () => {
  test.each<[string, SkeletonRow[], string]>([
    ['nothing', [], ''],
    [
      'siblings by start, then the longer first, then id',
      [row('r', undefined, 0, 9), row('c', 'r', 2, 3), row('b', 'r', 1, 2), row('a', 'r', 1, 2), row('d', 'r', 1, 5)],
      'r(d,a,b,c)',
    ],
    ['several roots', [row('b', undefined, 1, 2), row('a', '', 0, 1)], 'a,b'],
    [
      'a sole missing parent and no root',
      [row('b', 'gone', 1, 2), row('a', 'gone', 0, 1), row('c', 'a', 0, 1)],
      'a(c),b',
    ],
    [
      'a missing parent beside a root',
      [row('r', undefined, 0, 9), row('a', 'gone', 1, 2), row('b', 'gone', 2, 3)],
      'r,missing gone(a,b)',
    ],
    ['two missing parents', [row('a', 'x', 5, 6), row('b', 'y', 0, 1)], 'missing y(b),missing x(a)'],
    ['a parent of itself', [row('a', 'a', 0, 1)], 'a'],
    [
      'a cycle is cut at the first',
      [row('a', 'c', 2, 3), row('b', 'a', 1, 3), row('c', 'b', 5, 6), row('d', 'c', 7, 8)],
      'b(c(a,d))',
    ],
    [
      'a cycle and a missing parent',
      [row('a', 'b', 0, 1), row('b', 'a', 1, 2), row('c', 'gone', 3, 4)],
      'a(b),missing gone(c)',
    ],
    [
      'the newer of one id',
      [
        { ...row('a', undefined, 0, 1), version: 1 },
        { ...row('r', undefined, 0, 9), version: 1 },
        { ...row('a', 'r', 1, 2), version: 2 },
      ],
      'r(a)',
    ],
    ['the later of one version', [row('a', undefined, 0, 1), row('r', undefined, 0, 9), row('a', 'r', 1, 2)], 'r(a)'],
  ])('%s', (_, rows, expected) => expect(outline(treeOf(rows))).toBe(expected))

  test('what is odd carries a flag', () => {
    const tree = treeOf([
      row('r', undefined, 10, 20),
      row('a', 'r', 5, 15),
      row('b', 'r', 12, 30),
      row('c', 'd', 40, 41),
      row('d', 'c', 41, 42),
      row('e', 'gone', 50),
    ])
    const flagged = (flag: number) =>
      [...tree.order].filter((node) => hasFlag(tree, node, flag)).map((node) => idOf(tree, node))
    expect(flagged(FLAG.startsEarly)).toEqual(['a'])
    expect(flagged(FLAG.endsLate)).toEqual(['b', 'd'])
    expect(flagged(FLAG.cycle)).toEqual(['c'])
    expect(flagged(FLAG.orphan)).toEqual(['e'])
    expect(flagged(FLAG.unended)).toEqual(['e'])
    expect(flagged(FLAG.missing)).toEqual(['missing gone'])
  })

  test('what has no end lasts until now while it is young or the trace is live, else as long as what it holds', () => {
    const rows = [row('r', undefined, 1000), row('a', 'r', 1500, 2000), { ...row('e', 'r', 1700), type: 'event' }]
    const ends = (options: { nowMs: number; isLive?: boolean }) => {
      const tree = treeOf(rows, options)
      return [...tree.end, tree.flags[0]]
    }
    expect(ends({ nowMs: 5000 })).toEqual([5000, 2000, 1700, FLAG.running])
    expect(ends({ nowMs: 5_000_000 })).toEqual([2000, 2000, 1700, FLAG.unended])
    expect(ends({ nowMs: 5_000_000, isLive: true })).toEqual([5_000_000, 2000, 1700, FLAG.running])
  })

  test('without a start it takes that of what it holds, else of its parent', () => {
    const tree = treeOf([{ id: 'r' }, row('a', 'r', 5, 9), { id: 'b', parentId: 'a' }])
    expect([...tree.start]).toEqual([5, 5, 5])
    expect(durationOf(tree, 0)).toBe(4)
    expect([tree.fromMs, tree.toMs]).toEqual([5, 9])
  })

  test('names and types', () => {
    const tree = treeOf([{ id: 'a', name: 'Plan', type: 'generation' }, { id: 'b' }])
    expect([nameOf(tree, 0), typeOf(tree, 0), nameOf(tree, 1), typeOf(tree, 1)]).toEqual(['Plan', 'GENERATION', '', ''])
  })

  test('a chain of 20 000 is walked to its end', () => {
    const tree = treeOf(
      Array.from({ length: 20_000 }, (_, place) =>
        row(`n${place}`, place === 0 ? undefined : `n${place - 1}`, place, 50_000 - place),
      ),
    )
    expect([tree.order.length, tree.depth.at(-1), sumTree(tree).count[0]]).toEqual([20_000, 19_999, 20_000])
    expect(criticalPath(tree)).toHaveLength(39_999)
  })

  test('each observation stands in it exactly once, whatever its parents are', () => {
    fc.assert(
      fc.property(anyTrace, (rows) => {
        const tree = treeOf(rows)
        const seen = [...tree.order].filter((node) => node < rows.length).map((node) => idOf(tree, node))
        expect(seen.sort()).toEqual([...new Set(rows.map(({ id }) => id))].sort())
        expect(tree.order.length).toBe(seen.length + tree.missingIds.length)
        for (const node of tree.order) {
          expect(tree.order[tree.position[node] ?? -1]).toBe(node)
          const below = childrenOf(tree, node)
          expect(
            below.every((child) => tree.parent[child] === node && tree.depth[child] === (tree.depth[node] ?? 0) + 1),
          ).toBe(true)
          expect(tree.size[node]).toBe(1 + below.reduce((sum, child) => sum + (tree.size[child] ?? 0), 0))
          expect(tree.end[node]).toBeGreaterThanOrEqual(tree.start[node] ?? Number.NaN)
        }
      }),
    )
  })
})

describe('sums', () => {
  const tree = treeOf([
    { ...row('r', undefined, 0, 100), level: 'WARNING' },
    { ...row('a', 'r', 10, 40), cost: 0.5, inputTokens: 10, outputTokens: 5, level: 'ERROR' },
    { ...row('b', 'r', 30, 60), cost: 0.25, inputTokens: 1, outputTokens: 1, cachedTokens: 1 },
    row('c', 'r', 90, 130),
  ])
  const sums = sumTree(tree)

  test('add up below each node, with the unknown left out', () => {
    expect([sums.count[0], sums.errors[0], sums.warnings[0]]).toEqual([4, 1, 1])
    expect([sums.cost[0], sums.inputTokens[0], sums.outputTokens[0], sums.cachedTokens[0]]).toEqual([0.75, 11, 6, 1])
    expect(sums.cost[3]).toBeNaN()
    expect([sums.minStart[0], sums.maxEnd[0]]).toEqual([0, 130])
  })

  test('self time is what no child covers', () => expect([...sums.selfTime]).toEqual([40, 30, 30, 40]))

  test('a wrapper that repeats the usage of what it holds is counted once', () => {
    const wrapped = treeOf([
      { id: 'w', type: 'GENERATION', inputTokens: 30, outputTokens: 3, cost: 0.3 },
      { id: 'a', parentId: 'w', type: 'GENERATION', inputTokens: 10, outputTokens: 1, cost: 0.1 },
      { id: 'b', parentId: 'w', type: 'GENERATION', inputTokens: 20, outputTokens: 2 },
    ])
    const { inputTokens, cost, repeatsUsage } = sumTree(wrapped)
    expect([inputTokens[0], cost[0], ...repeatsUsage]).toEqual([30, 0.3, 1, 0, 0])
  })

  test('the roots together count every observation', () => {
    fc.assert(
      fc.property(anyTrace, (rows) => {
        const some = treeOf(rows)
        const { count, selfTime } = sumTree(some)
        expect(some.roots.reduce((sum, root) => sum + (count[root] ?? 0), 0)).toBe(
          new Set(rows.map(({ id }) => id)).size,
        )
        for (const node of some.order) expect(selfTime[node]).toBeLessThanOrEqual(durationOf(some, node))
      }),
    )
  })
})

describe('the critical path', () => {
  const pathOf = (rows: readonly SkeletonRow[]) => {
    const tree = treeOf(rows)
    return criticalPath(tree).map(({ node, fromMs, toMs }) => `${node < 0 ? '-' : idOf(tree, node)} ${fromMs}-${toMs}`)
  }

  test.each<[string, SkeletonRow[], string[]]>([
    ['nothing', [], []],
    [
      'one after another, with own time between',
      [row('r', undefined, 0, 10), row('a', 'r', 1, 4), row('b', 'r', 5, 9)],
      ['r 0-1', 'a 1-4', 'r 4-5', 'b 5-9', 'r 9-10'],
    ],
    [
      'of two side by side, the one that ends last',
      [row('r', undefined, 0, 10), row('a', 'r', 0, 6), row('b', 'r', 0, 10)],
      ['b 0-10'],
    ],
    [
      'a child that outlives its parent is clipped',
      [row('r', undefined, 0, 10), row('a', 'r', 5, 20)],
      ['r 0-5', 'a 5-10'],
    ],
    ['a child after its parent is out', [row('r', undefined, 0, 10), row('a', 'r', 10, 20)], ['r 0-10']],
    ['events are out', [row('r', undefined, 0, 10), { ...row('e', 'r', 2, 8), type: 'EVENT' }], ['r 0-10']],
    [
      'it descends',
      [row('r', undefined, 0, 10), row('a', 'r', 2, 8), row('b', 'a', 3, 5)],
      ['r 0-2', 'a 2-3', 'b 3-5', 'a 5-8', 'r 8-10'],
    ],
    ['several roots', [row('a', undefined, 0, 4), row('b', undefined, 6, 10)], ['a 0-4', '- 4-6', 'b 6-10']],
  ])('%s', (_, rows, expected) => expect(pathOf(rows)).toEqual(expected))

  test('its nodes, each once', () => {
    const tree = treeOf([row('r', undefined, 0, 10), row('a', 'r', 1, 4)])
    expect(nodesOfPath(criticalPath(tree))).toEqual([0, 1])
    expect(criticalPath(tree, 1)).toEqual([{ node: 1, fromMs: 1, toMs: 4 }])
  })

  test('segments tile the root exactly', () => {
    fc.assert(
      fc.property(anyTrace, (rows) => {
        const tree = treeOf(rows)
        for (const root of tree.roots) {
          const segments = criticalPath(tree, root)
          expect(segments[0]?.fromMs ?? tree.end[root]).toBe(tree.start[root])
          expect(segments.at(-1)?.toMs ?? tree.start[root]).toBe(tree.end[root])
          expect(segments.slice(1).map(({ fromMs }) => fromMs)).toEqual(segments.slice(0, -1).map(({ toMs }) => toMs))
        }
      }),
    )
  })
})
