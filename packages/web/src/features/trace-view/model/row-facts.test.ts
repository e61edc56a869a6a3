import { describe, expect, test } from 'vitest'
import { buildOutline } from '#lib/trace/outline.ts'
import { factsOfRow, labelOfRow } from './row-facts.ts'
import { SAMPLE_SKELETON } from './sample-skeleton.ts'
import { buildModel, statusOf, titleOf, verdictOf } from './trace-model.ts'

const model = buildModel(SAMPLE_SKELETON, 1e12)
const outline = buildOutline(model.tree)
const GROUP = model.tree.nodeCount

const labelOf = (row: number, sums: 'subtree' | 'own' = 'subtree') =>
  labelOfRow(factsOfRow(model, outline, { row, sums }))

describe('rows', () => {
  test.each([
    ['a node with what lies below it', 0, 'subtree', 'agent, agent, 10.0 s, $0.2, 1 error, at 0 ms'],
    ['a node by itself', 0, 'own', 'agent, agent, 7.50 s, 1 error, at 0 ms'],
    ['an error', 4, 'subtree', 'tool, search, 1.00 s, error, at 4.00 s'],
    ['a group', GROUP, 'subtree', 'tool, search ×4, 2.50 s, $0.2, error, at 1.00 s'],
  ] as const)('%s', (...[, row, sums, label]) => {
    expect(labelOf(row, sums)).toBe(label)
  })

  test('a parent that was not received is told by its id', () => {
    expect(titleOf(model, SAMPLE_SKELETON.nodes.id.length)).toBe('parent gone not received')
    expect(factsOfRow(model, outline, { row: 5, sums: 'subtree' }).notes).toContain('its parent was not received')
  })
})

test('the status message and the verdict', () => {
  expect(statusOf(model, 4)).toBe('no route')
  expect(verdictOf(model).length).toBeGreaterThan(0)
})
