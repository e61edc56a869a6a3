import type { SkeletonDto } from '@xtrace/contract'
import { describe, expect, test } from 'vitest'
import { buildOutline } from '#lib/trace/outline.ts'
import { durationText, factsOfRow, labelOfRow, paceOf } from './row-facts.ts'
import { SAMPLE_SKELETON } from './sample-skeleton.fixture.ts'
import { buildModel, statusOf, titleOf, verdictOf } from './trace-model.ts'

const model = buildModel(SAMPLE_SKELETON, 1e12)
const outline = buildOutline(model.tree)
const GROUP = model.tree.nodeCount

const labelOf = (row: number, sums: 'subtree' | 'own' = 'subtree') =>
  labelOfRow(factsOfRow(model, outline, { row, sums }))

const changed = (nodes: Partial<SkeletonDto['nodes']>): SkeletonDto => ({
  ...SAMPLE_SKELETON,
  nodes: { ...SAMPLE_SKELETON.nodes, ...nodes },
})

describe('rows', () => {
  test.each([
    ['a node with what lies below it', 0, 'subtree', 'agent, agent, 10.0 s, $0.2, 1 error, at 0 ms'],
    ['a node by itself', 0, 'own', 'agent, agent, 7.50 s, 1 error, at 0 ms'],
    ['an error', 4, 'subtree', 'tool, search, 1.00 s, error, at 4.00 s'],
    ['a group', GROUP, 'subtree', 'tool, search ×4, 2.50 s, longest 1.00 s, $0.2, error, at 1.00 s'],
  ] as const)('%s', (...[, row, sums, label]) => {
    expect(labelOf(row, sums)).toBe(label)
  })

  test('a group by itself is its members by themselves', () => {
    const parent = [...SAMPLE_SKELETON.nodes.parent.slice(0, 5), 1]
    const start = [...SAMPLE_SKELETON.nodes.start.slice(0, 5), 1100]
    const end = [...SAMPLE_SKELETON.nodes.end.slice(0, 5), 1400]
    const cost = [null, 0.1, null, null, null, 0.5]
    const nested = buildModel(changed({ parent, start, end, cost }), 1e12)
    const facts = (sums: 'subtree' | 'own') =>
      factsOfRow(nested, buildOutline(nested.tree), { row: nested.tree.nodeCount, sums })
    expect(facts('subtree')).toMatchObject({ durationMs: 2500, cost: 0.6 })
    expect(facts('own')).toMatchObject({ durationMs: 2200, cost: 0.1 })
  })

  test('a parent that was not received is told by its id', () => {
    expect(titleOf(model, SAMPLE_SKELETON.nodes.id.length)).toBe('parent gone not received (1)')
    expect(factsOfRow(model, outline, { row: 5, sums: 'subtree' }).notes).toContain('its parent was not received')
  })
})

test('the status message and the verdict', () => {
  expect(statusOf(model, 4)).toBe('no route')
  expect(verdictOf(model).length).toBeGreaterThan(0)
})

describe('times', () => {
  const end = [null, 1500, null, 3500, 5000, 21_000]
  const type = [2, 5, 5, 5, 8, 5]
  const odd = { ...changed({ end, type }), strings: [...SAMPLE_SKELETON.strings, 'EVENT'] }
  const [late, soon] = [buildModel(odd, 1e12), buildModel(odd, 30_000)]

  test.each([
    ['as recorded', late, 1, '500 ms'],
    ['not known', late, 2, '–'],
    ['not known, though what it holds has an end', late, 0, '–'],
    ['of an event', late, 4, ''],
    ['still running', soon, 2, '28.0 s…'],
  ])('%s', (_, ...[some, node, text]) => expect(durationText(some, node)).toBe(text))

  test('of tokens: the first, and how many a second of the whole', () => {
    const outputTokens = [7, 20, 20, 0, 0, 0]
    const some = buildModel(changed({ end, outputTokens, firstToken: [null, 1100, 2100, null, null, null] }), 1e12)
    expect(paceOf(some, 1)).toEqual({ firstTokenMs: 100, tokensPerSecond: 40 })
    expect(paceOf(some, 2)).toEqual({ firstTokenMs: 100, tokensPerSecond: undefined })
    expect(paceOf(some, 3)).toEqual({ firstTokenMs: undefined, tokensPerSecond: undefined })
  })
})
