import type { SkeletonDto } from '@xtrace/contract'
import { expect, test } from 'vitest'
import { wordAt } from './column.ts'
import { readSkeleton } from './read-skeleton.ts'
import { buildTree, nameOf, typeOf } from './tree.ts'

const sent: SkeletonDto = {
  trace: {
    id: 't',
    name: null,
    userId: null,
    sessionId: null,
    environment: 'default',
    release: null,
    version: null,
    tags: [],
    public: false,
    bookmarked: false,
    time: 5000,
  },
  startMs: 5000,
  strings: ['', 'plan', 'Generation', 'ERROR', 'gpt-4', 's1', 'node-a'],
  missing: ['gone'],
  nodes: {
    id: ['a', 'b', 'c'],
    parent: [-1, 0, -2],
    name: [1, 0, 1],
    type: [2, 2, 2],
    level: [3, 0, 0],
    model: [4, 0, 0],
    status: [0, 0, 0],
    prompt: [0, 0, 0],
    promptVersion: [null, null, null],
    start: [0, 1, 2],
    end: [10, null, 3],
    firstToken: [5, null, null],
    cost: [0.5, null, null],
    inputTokens: [10, 0, 0],
    outputTokens: [0, 0, 0],
    totalTokens: [10, 0, 0],
    cachedTokens: [0, 0, 0],
  },
  groups: { step_id: [5, 5, 0], langgraph_node: [6, 0, 0] },
  version: 1,
}

test('what the server sends becomes a tree', () => {
  const skeleton = readSkeleton(sent)
  const tree = buildTree(skeleton, { nowMs: 5020 })
  expect([...tree.order]).toEqual([0, 1, 3, 2])
  expect(tree.missingIds).toEqual(['gone'])
  expect([nameOf(tree, 0), nameOf(tree, 1), typeOf(tree, 0), wordAt(skeleton.models, 0)]).toEqual([
    'plan',
    '',
    'GENERATION',
    'gpt-4',
  ])
  expect([...skeleton.levels]).toEqual([3, 1, 1])
  expect([...tree.end]).toEqual([10, 20, 3, 3])
  expect([...skeleton.inputTokens]).toEqual([10, Number.NaN, Number.NaN])
  expect([...skeleton.outputTokens]).toEqual([0, Number.NaN, Number.NaN])
  expect([wordAt(skeleton.groupIds.step, 1), wordAt(skeleton.groupIds.run, 1), wordAt(skeleton.graphNodes, 0)]).toEqual(
    ['s1', undefined, 'node-a'],
  )
})

test('an agent goes by whichever of its keys a node has', () => {
  const { groupIds, graphParents } = readSkeleton({
    ...sent,
    groups: { agent_name: [5, 0, 0], 'gen_ai.agent.name': [6, 6, 0], 'graph.node.parent_id': [0, 5, 0] },
  })
  expect([0, 1, 2].map((node) => wordAt(groupIds.agent, node))).toEqual(['s1', 'node-a', undefined])
  expect([0, 1].map((node) => wordAt(graphParents, node))).toEqual([undefined, 's1'])
})
