import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { align } from './align.ts'
import { compareTraces, firstDivergence, foldSame } from './compare.ts'
import { buildGraph } from './graph.ts'
import { plainName } from './graph-steps.ts'
import { type SkeletonRow, skeletonOf } from './skeleton.ts'
import { anyTrace } from './trace.arbitrary.ts'
import { buildTree } from './tree.ts'

const treeOf = (rows: readonly SkeletonRow[]) => buildTree(skeletonOf(rows), { nowMs: 1e12 })

describe('the graph', () => {
  const step = (id: string, ...[start, end, more]: [number, number, Partial<SkeletonRow>?]): SkeletonRow => ({
    id,
    parentId: 'r',
    type: 'TOOL',
    name: id,
    start,
    end,
    ...more,
  })
  const edges = (rows: SkeletonRow[], how: 'aggregated' | 'ran' = 'aggregated') =>
    buildGraph(treeOf(rows), how).edges.map(
      ({ from, to, count, isLoop }) =>
        `${from.replace(/^\w+ /, '')}>${to.replace(/^\w+ /, '')}${count > 1 ? ` ×${count}` : ''}${isLoop ? ' loop' : ''}`,
    )
  const root: SkeletonRow = { id: 'r', type: 'SPAN', name: 'r', start: 0, end: 100 }

  test.each<[string, SkeletonRow[], string[]]>([
    ['nothing', [], []],
    ['one after another, through a span', [root, step('a', 0, 10), step('b', 10, 20)], ['start>a', 'a>b', 'b>end']],
    [
      'side by side: fork and join',
      [root, step('a', 0, 10), step('b', 11, 30), step('c', 12, 20), step('d', 31, 40)],
      ['start>a', 'a>b', 'a>c', 'c>d', 'b>d', 'd>end'],
    ],
    [
      'a loop',
      [
        root,
        ...[0, 1, 2].flatMap((turn) => [
          step(`plan ${turn}`, turn * 20, turn * 20 + 5),
          step(`act_${turn}`, turn * 20 + 6, turn * 20 + 9),
        ]),
      ],
      ['start>plan', 'plan>act ×3', 'act>plan ×2 loop', 'act>end'],
    ],
    [
      'a call goes to the first of the children',
      [{ ...root, type: 'AGENT' }, step('a', 0, 10), step('b', 10, 20)],
      ['start>r', 'r>end', 'r>a', 'a>b'],
    ],
    ['events are left out', [root, step('a', 0, 10), step('e', 5, 5, { type: 'EVENT' })], ['start>a', 'a>end']],
    [
      'explicit parents win',
      [
        root,
        step('a', 0, 10, { graphNode: 'A' }),
        step('b', 11, 20, { graphNode: 'B' }),
        step('c', 21, 30, { graphNode: 'C', graphParent: 'A' }),
      ],
      ['start>A', 'A>B', 'A>C', 'C>end'],
    ],
    ['spans without anything typed are steps', [root, step('a', 0, 10, { type: 'SPAN' })], ['start>r', 'r>end', 'r>a']],
  ])('%s', (_, ...[rows, expected]) => expect(edges(rows)).toEqual(expected))

  test('nodes count calls, time, cost and errors', () => {
    const { nodes } = buildGraph(
      treeOf([
        root,
        step('s 1', 0, 10, { cost: 0.5, level: 'ERROR' }),
        step('s 2', 10, 30),
        step('s 3', 30, 60, { cost: 0.25 }),
      ]),
    )
    expect(nodes.find(({ kind }) => kind === 'step')).toMatchObject({
      type: 'TOOL',
      name: 's',
      calls: 3,
      p50Ms: 20,
      totalMs: 60,
      cost: 0.75,
      errors: 1,
    })
  })

  test('what has no end says nothing of how long it takes', () => {
    const p50Of = (...rows: SkeletonRow[]) =>
      buildGraph(treeOf([root, ...rows])).nodes.find(({ kind }) => kind === 'step')?.p50Ms
    expect(p50Of(step('s 1', 0, 10), { ...step('s 2', 10, 0), end: null }, { ...step('s 3', 20, 0), end: null })).toBe(
      10,
    )
    expect(p50Of({ ...step('s 2', 10, 0), end: null })).toBeNaN()
  })

  test('as it ran, each is its own', () =>
    expect(edges([root, step('s 1', 0, 10), step('s 2', 10, 30)], 'ran')).toEqual(['start>s 1', 's 1>s 2', 's 2>end']))

  test('thousands of siblings beside one another', () => {
    const wide = Array.from({ length: 4000 }, (_, index) => step(`k ${index}`, index, index + 2000))
    expect(edges([root, ...wide])).toEqual(['start>k ×2000', 'k>k ×2001000 loop', 'k>end ×2000'])
  })

  test('of more than eighty kinds, sixty stay', () => {
    const many = Array.from({ length: 100 }, (_, index) =>
      step(
        `k${String.fromCharCode(97 + (index % 26), 97 + Math.floor(index / 26))}`,
        index * 10,
        index * 10 + 1 + index / 100,
      ),
    )
    const graph = buildGraph(treeOf([root, ...many]))
    expect([graph.nodes.length, graph.joined]).toEqual([63, 40])
  })

  test('every observation of the graph is in one node, and every edge joins two of them', () => {
    fc.assert(
      fc.property(anyTrace, (rows) => {
        const { nodes, edges: some } = buildGraph(treeOf(rows))
        const all = nodes.flatMap((node) => node.nodes)
        expect(new Set(all).size).toBe(all.length)
        const ids = new Set(nodes.map(({ id }) => id))
        expect(some.every(({ from, to }) => ids.has(from) && ids.has(to))).toBe(true)
      }),
    )
  })

  test.each([
    ['Plan 3', 'Plan'],
    ['search_12', 'search'],
    ['task-3f9a1c00d21e', 'task'],
    ['cycle [2]', 'cycle'],
    ['gpt-4', 'gpt'],
    ['call (3)', 'call'],
    ['web-search', 'web-search'],
    ['step2', 'step2'],
    ['42', '42'],
    ['', ''],
  ])('the plain name of %s is %s', (name, plain) => expect(plainName(name)).toBe(plain))
})

describe('alignment', () => {
  test('the fewest insertions and deletions', () => {
    const text = (a: string, b: string) =>
      align([...a], [...b])
        .map(([one, other]) => (one === undefined ? `+${b[other ?? 0]}` : other === undefined ? `-${a[one]}` : a[one]))
        .join('')
    expect(text('abcd', 'abxd')).toMatch(/^ab(-c\+x|\+x-c)d$/)
    expect(text('', 'ab')).toBe('+a+b')
    expect(text('ab', '')).toBe('-a-b')
    expect(text('abc', 'abc')).toBe('abc')
  })

  test('each side comes once and in order, pairs are equal, whatever the lengths', () => {
    const side = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 40 })
    fc.assert(
      fc.property(side, side, fc.constantFrom(1, 40), (a, ...[some, times]) => {
        const b = Array.from({ length: times }, () => some).flat()
        const pairs = align(a, b)
        expect(pairs.flatMap(([one]) => (one === undefined ? [] : [one]))).toEqual(a.map((_, index) => index))
        expect(pairs.flatMap(([, other]) => (other === undefined ? [] : [other]))).toEqual(b.map((_, index) => index))
        expect(pairs.every(([one, other]) => one === undefined || other === undefined || a[one] === b[other])).toBe(
          true,
        )
      }),
    )
  })
})

describe('two traces', () => {
  const run = (search: number, rows: SkeletonRow[] = []) =>
    treeOf([
      { id: 'r', name: 'agent', type: 'AGENT', start: 0, end: 1000 },
      { id: 's', parentId: 'r', name: 'search', type: 'TOOL', start: 0, end: search, cost: search / 1000 },
      { id: 'g', parentId: 'r', name: 'answer', type: 'GENERATION', start: 900, end: 950, cost: 1 },
      ...rows,
    ])
  const [a, b] = [run(200), run(500, [{ id: 'x', parentId: 'r', name: 'retry', type: 'TOOL', start: 600, end: 700 }])]
  const rows = compareTraces(a, b)

  test('what is slower, what was added', () => {
    expect(rows.map(({ change }) => change)).toEqual(['same', 'slower', 'added', 'same'])
    expect(rows[1]).toMatchObject({ a: 1, b: 1, addedMs: 300, addedCost: 0.3 })
    expect(compareTraces(b, a).map(({ change }) => change)).toEqual(['same', 'faster', 'removed', 'same'])
    expect(compareTraces(run(10), run(20)).map(({ change }) => change)).toEqual(['same', 'dearer', 'same'])
    expect(compareTraces(run(20), run(10))[1]?.change).toBe('cheaper')
  })

  test('where they part', () => {
    expect(firstDivergence(rows, () => true)).toEqual({ row: 2, isKnown: true })
    expect(firstDivergence(rows, (node) => (node === 1 ? false : undefined))).toEqual({ row: 0, isKnown: false })
    expect(firstDivergence(rows, (node) => node !== 1)).toEqual({ row: 1, isKnown: true })
    expect(firstDivergence(compareTraces(a, a), () => true)).toBeUndefined()
  })

  test('what did not change folds', () => {
    expect(foldSame(compareTraces(a, a))).toEqual([{ from: 0, to: 3 }])
    expect(foldSame(rows)).toEqual([])
  })
})
