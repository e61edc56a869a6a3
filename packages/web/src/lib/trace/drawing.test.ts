import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findErrors, findNodes, nextOf, nodeOfId } from './find.ts'
import { findGaps } from './gaps.ts'
import { buildMinimap } from './minimap.ts'
import { buildOutline } from './outline.ts'
import { type SkeletonRow, skeletonOf } from './skeleton.ts'
import { sumTree } from './sums.ts'
import { msOf, panned, pxOf, ticksOf, timeScale, zoomed } from './time-scale.ts'
import { buildTree } from './tree.ts'
import { isInView, mergeBars, placeLabel, rowAt, shapeOfRow } from './waterfall.ts'

const treeOf = (rows: readonly SkeletonRow[]) => buildTree(skeletonOf(rows), { nowMs: 1e12 })

describe('gaps', () => {
  const tree = treeOf([
    { id: 'r', start: 0, end: 10_000 },
    { id: 'a', parentId: 'r', start: 0, end: 2000 },
    { id: 'b', parentId: 'r', start: 2400, end: 3000 },
    { id: 'c', parentId: 'r', start: 9000, end: 10_000 },
    { id: 'e', parentId: 'r', start: 5000, end: 6000, type: 'EVENT' },
  ])
  test('only long ones are worth folding, all count as idle', () =>
    expect(findGaps(tree)).toEqual({ gaps: [{ fromMs: 3000, toMs: 9000 }], idleMs: 6400, share: 0.64, isMostly: true }))
  test('a busy trace has none', () =>
    expect(findGaps(treeOf([{ id: 'r', start: 0, end: 10 }]))).toEqual({
      gaps: [],
      idleMs: 0,
      share: 0,
      isMostly: false,
    }))
})

describe('the time scale', () => {
  const scale = timeScale({ fromMs: 0, toMs: 10_000, widthPx: 428, gaps: [{ fromMs: 3000, toMs: 9000 }] })

  test('folds gaps to 28 px', () => {
    expect(scale.pieces).toEqual([
      { fromMs: 0, toMs: 3000, fromPx: 0, toPx: 300, isFolded: false },
      { fromMs: 3000, toMs: 9000, fromPx: 300, toPx: 328, isFolded: true },
      { fromMs: 9000, toMs: 10_000, fromPx: 328, toPx: 428, isFolded: false },
    ])
    expect([-100, 0, 1500, 6000, 9500, 11_000].map((ms) => pxOf(scale, ms))).toEqual([-10, 0, 150, 314, 378, 528])
  })

  test('folds nothing when folds would take most of the room', () =>
    expect(timeScale({ fromMs: 0, toMs: 100, widthPx: 50, gaps: [{ fromMs: 10, toMs: 90 }] }).pieces).toHaveLength(1))

  test('pixels and times are each other’s inverse, and time never runs backwards', () => {
    const gaps = fc
      .uniqueArray(fc.integer({ min: 0, max: 1000 }), { maxLength: 6 })
      .map((edges) => edges.toSorted((a, b) => a - b))
      .map((edges) =>
        edges.flatMap((fromMs, index) =>
          index % 2 === 0 && edges[index + 1] ? [{ fromMs, toMs: edges[index + 1] ?? 0 }] : [],
        ),
      )
    fc.assert(
      fc.property(gaps, fc.array(fc.double({ min: -50, max: 1100, noNaN: true })), (some, times) => {
        const any = timeScale({ fromMs: 10, toMs: 990, widthPx: 800, gaps: some })
        for (const ms of times) expect(msOf(any, pxOf(any, ms))).toBeCloseTo(ms, 6)
        const px = times.toSorted((a, b) => a - b).map((ms) => pxOf(any, ms))
        expect(px.every((value, index) => index === 0 || value >= (px[index - 1] ?? 0))).toBe(true)
      }),
    )
  })

  test.each<[string, number, number, string[]]>([
    ['ms', 0, 10, ['0', '2 ms', '4 ms', '6 ms', '8 ms', '10 ms']],
    ['parts of ms', 0, 0.5, ['0', '0.1 ms', '0.2 ms', '0.3 ms', '0.4 ms', '0.5 ms']],
    ['no more than a clock tells', 5, 5, ['5 ms', '5.001 ms']],
    ['seconds', 0, 42_100, ['0', '10 s', '20 s', '30 s', '40 s']],
    ['minutes', 0, 600_000, ['0', '2m', '4m', '6m', '8m', '10m']],
    ['hours', 0, 5 * 3_600_000, ['0', '1h', '2h', '3h', '4h', '5h']],
    ['days', 0, 5 * 86_400_000, ['0', '1d', '2d', '3d', '4d', '5d']],
    ['before the start', -2000, 2000, ['−2 s', '−1 s', '0', '1 s', '2 s']],
  ])('ticks in %s', (_, ...[fromMs, toMs, labels]) =>
    expect(ticksOf(timeScale({ fromMs, toMs, widthPx: 480 })).map(({ label }) => label)).toEqual(labels),
  )

  test('ticks tell real time on both sides of a fold, and none within', () =>
    expect(ticksOf(scale).map(({ label, px }) => `${label} ${px}`)).toEqual([
      '0 0',
      '1 s 100',
      '2 s 200',
      '3 s 300',
      '10 s 428',
    ]))

  test('zoom keeps the time under the pointer, pan stays within', () => {
    const bounds = { fromMs: 0, toMs: 1000 }
    expect(zoomed(bounds, bounds, { aroundMs: 250, factor: 0.5 })).toEqual({ fromMs: 125, toMs: 625 })
    expect(zoomed({ fromMs: 0, toMs: 500 }, bounds, { aroundMs: 250, factor: 10 })).toEqual(bounds)
    expect(panned({ fromMs: 100, toMs: 300 }, bounds, -500)).toEqual({ fromMs: 0, toMs: 200 })
    expect(panned({ fromMs: 100, toMs: 300 }, bounds, 5000)).toEqual({ fromMs: 800, toMs: 1000 })
  })
})

describe('the waterfall', () => {
  const tree = treeOf([
    { id: 'r', start: 0, end: 100 },
    { id: 'g', parentId: 'r', start: 10, end: 60, firstToken: 20, level: 'ERROR' },
    { id: 'e', parentId: 'r', start: 70, type: 'EVENT' },
    { id: 'late', parentId: 'g', start: 50, end: 90 },
    ...[0, 1, 2, 3].map((index) => ({
      id: `s${index}`,
      parentId: 'r',
      name: 'search',
      start: 80 + index * 5,
      end: 82 + index * 5,
    })),
  ])
  const outline = buildOutline(tree)
  const shape = (row: number) =>
    shapeOfRow(outline, sumTree(tree), { row, scale: timeScale({ fromMs: 0, toMs: 100, widthPx: 100 }) })

  test('a node is one bar, with its first token and the reach of its subtree', () =>
    expect(shape(1)).toEqual({
      bars: [{ node: 1, fromPx: 10, widthPx: 50, level: 3 }],
      markPx: undefined,
      firstTokenPx: 20,
      whisker: { fromPx: 10, toPx: 90 },
      edge: 'closed',
    }))
  test('an event is a mark', () => expect(shape(2)).toMatchObject({ bars: [], markPx: 70 }))
  test('a group is a strip', () =>
    expect(shape(tree.nodeCount).bars.map(({ fromPx }) => fromPx)).toEqual([80, 85, 90, 95]))
  test('no end shows', () => {
    const open = buildTree(skeletonOf([{ id: 'a', start: 0 }]), { nowMs: 10 })
    expect(
      shapeOfRow(buildOutline(open), sumTree(open), { row: 0, scale: timeScale({ fromMs: 0, toMs: 10, widthPx: 10 }) })
        .edge,
    ).toBe('running')
  })

  test('bars that touch are one, of the greatest level', () =>
    expect(
      mergeBars([
        { node: 1, fromPx: 0, widthPx: 2, level: 1 },
        { node: 2, fromPx: 1.5, widthPx: 2, level: 3 },
        { node: 3, fromPx: 10, widthPx: 2, level: 1 },
      ]),
    ).toEqual([
      { node: 2, fromPx: 0, widthPx: 3.5, level: 3 },
      { node: 3, fromPx: 10, widthPx: 2, level: 1 },
    ]))

  test.each([
    ['inside', { fromPx: 10, widthPx: 100 }, { where: 'inside', px: 14 }],
    ['inside what is on the screen', { fromPx: -50, widthPx: 150 }, { where: 'inside', px: 4 }],
    ['after', { fromPx: 10, widthPx: 20 }, { where: 'after', px: 34 }],
    ['before', { fromPx: 170, widthPx: 25 }, { where: 'before', px: 126 }],
  ])('a label goes %s', (_, bar, place) => expect(placeLabel(bar, 40, 200)).toEqual(place))

  test('what is in view, and the row under the pointer', () => {
    expect(isInView({ fromPx: -10, widthPx: 5 }, 100)).toBe(false)
    expect(isInView({ fromPx: -10, widthPx: 15 }, 100)).toBe(true)
    expect([0, 27, 100].map((y) => rowAt(Int32Array.of(7, 8), y, 26))).toEqual([7, 8, undefined])
  })

  test('the minimap bins by depth', () => {
    const small = buildMinimap(tree, { columns: 10, rows: 3 })
    expect([...small.levels.slice(0, 10)]).toEqual(Array(10).fill(2))
    expect([...small.levels.slice(10, 20)]).toEqual([0, 4, 4, 4, 4, 4, 0, 2, 2, 2])
    expect([...small.levels.slice(20)]).toEqual([0, 0, 0, 0, 0, 2, 2, 2, 2, 0])
  })
})

describe('finding', () => {
  const tree = treeOf([
    { id: '0A-0b', name: 'Agent', type: 'AGENT', start: 0, end: 9 },
    { id: 'abcd', parentId: '0A-0b', name: 'Plan', model: 'gpt-4', start: 1, end: 2, level: 'ERROR' },
    { id: 'efgh', parentId: '0A-0b', name: 'web-search', start: 3, end: 4, level: 'ERROR' },
  ])
  test.each([
    ['agent', [0]],
    ['GPT', [1]],
    ['search', [2]],
    ['efgh', [2]],
    ['0a0b', [0]],
    ['----', []],
    [' ', []],
  ])('%s', (text, nodes) => expect([...findNodes(tree, text)]).toEqual(nodes))

  test('walks to the next and around', () => {
    const errors = findErrors(tree)
    expect([...errors]).toEqual([1, 2])
    expect(nextOf(tree, errors, { from: undefined, direction: 1 })).toBe(1)
    expect(nextOf(tree, errors, { from: 1, direction: 1 })).toBe(2)
    expect(nextOf(tree, errors, { from: 2, direction: 1 })).toBe(1)
    expect(nextOf(tree, errors, { from: 1, direction: -1 })).toBe(2)
    expect(nextOf(tree, errors, { from: undefined, direction: -1 })).toBe(2)
    expect(nextOf(tree, [], { from: 1, direction: 1 })).toBeUndefined()
  })

  test('an id, dashed or not', () =>
    expect(['abcd', '0a0b', 'none'].map((id) => nodeOfId(tree, id))).toEqual([1, 0, undefined]))
})
