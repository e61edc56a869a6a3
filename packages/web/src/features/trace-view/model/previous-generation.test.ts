import { expect, test } from 'vitest'
import { skeletonOf } from '#lib/trace/skeleton.ts'
import { buildTree } from '#lib/trace/tree.ts'
import { previousGeneration } from './previous-generation.ts'

const generation = (id: string, parentId: string, start: number) => ({
  id,
  parentId,
  type: 'GENERATION',
  start,
  end: start + 1,
})
const tree = buildTree(
  skeletonOf([
    { id: 'agent', type: 'AGENT', start: 0, end: 100 },
    generation('g1', 'agent', 1),
    { id: 'sub', parentId: 'agent', type: 'AGENT', start: 10, end: 20 },
    generation('s1', 'sub', 11),
    generation('s2', 'sub', 15),
    { id: 'span', parentId: 'agent', type: 'SPAN', start: 30, end: 40 },
    generation('g2', 'span', 31),
    { ...generation('reflect', 'agent', 50), name: 'reflect' },
    generation('g3', 'agent', 60),
  ]),
  { nowMs: 1e15 },
)

test.each([
  ['the first of an agent', 'g1', undefined],
  ['the next, past another agent', 'g2', 'g1'],
  ['of the same name, past another', 'g3', 'g2'],
  ['the only one of its name', 'reflect', 'g2'],
  ['within the other agent', 's2', 's1'],
  ['the first of the other agent', 's1', undefined],
])('%s', (_, id, expected) => {
  const found = previousGeneration(tree, tree.skeleton.ids.indexOf(id))
  expect(found === undefined ? undefined : tree.skeleton.ids[found]).toBe(expected)
})
