import type { SkeletonDto } from '@xtrace/contract'
import { describe, expect, test } from 'vitest'
import { buildOutline } from '#lib/trace/outline.ts'
import { factsOfRow, labelOfRow } from './row-facts.ts'
import { buildModel, statusOf, titleOf, verdictOf } from './trace-model.ts'

const STRINGS = ['', 'agent', 'AGENT', 'DEFAULT', 'search', 'TOOL', 'ERROR', 'no route']
/** An agent of 10 s that searches four times; the last search fails. */
const dto: SkeletonDto = {
  trace: {
    id: 't',
    name: 'task',
    userId: null,
    sessionId: null,
    environment: 'default',
    release: null,
    version: null,
    tags: [],
    public: false,
    bookmarked: false,
    time: 0,
  },
  startMs: 0,
  strings: STRINGS,
  missing: ['gone'],
  groups: {},
  version: 1,
  nodes: {
    id: ['a', 's1', 's2', 's3', 's4', 'lost'],
    parent: [-1, 0, 0, 0, 0, -2],
    name: [1, 4, 4, 4, 4, 0],
    type: [2, 5, 5, 5, 5, 5],
    level: [3, 3, 3, 3, 6, 3],
    model: [0, 0, 0, 0, 0, 0],
    status: [0, 0, 0, 0, 7, 0],
    prompt: [0, 0, 0, 0, 0, 0],
    promptVersion: [null, null, null, null, null, null],
    start: [0, 1000, 2000, 3000, 4000, 20_000],
    end: [10_000, 1500, 2500, 3500, 5000, 21_000],
    firstToken: [null, null, null, null, null, null],
    cost: [null, 0.1, 0.1, null, null, null],
    inputTokens: [0, 0, 0, 0, 0, 0],
    outputTokens: [0, 0, 0, 0, 0, 0],
    totalTokens: [0, 0, 0, 0, 0, 0],
    cachedTokens: [0, 0, 0, 0, 0, 0],
  },
}
const model = buildModel(dto, 1e12)
const outline = buildOutline(model.tree)
const GROUP = model.tree.nodeCount

const labelOf = (row: number, sums: 'subtree' | 'own' = 'subtree') =>
  labelOfRow(factsOfRow(model, outline, { row, sums }))

describe('rows', () => {
  test.each([
    ['a node with what lies below it', 0, 'subtree', 'agent, agent, 10.0 s, $0.2, 1 error, at 0 ms'],
    ['a node by itself', 0, 'own', 'agent, agent, 7.50 s, 1 error, at 0 ms'],
    ['an error', 4, 'subtree', 'tool, search, 1.00 s, error, at 4.00 s'],
    ['a group', GROUP, 'subtree', 'tool, search, 4 times, 2.50 s, $0.2, error, at 1.00 s'],
  ] as const)('%s', (...[, row, sums, label]) => {
    expect(labelOf(row, sums)).toBe(label)
  })

  test('a parent that was not received is told by its id', () => {
    expect(titleOf(model, dto.nodes.id.length)).toBe('parent gone not received')
    expect(factsOfRow(model, outline, { row: 5, sums: 'subtree' }).notes).toContain('its parent was not received')
  })
})

test('the status message and the verdict', () => {
  expect(statusOf(model, 4)).toBe('no route')
  expect(verdictOf(model).length).toBeGreaterThan(0)
})
