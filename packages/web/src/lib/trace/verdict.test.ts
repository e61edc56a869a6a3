import { describe, expect, test } from 'vitest'
import { type SkeletonRow, skeletonOf } from './skeleton.ts'
import { buildTree } from './tree.ts'
import { judge, phrasesOf } from './verdict.ts'

const sentence = (rows: readonly SkeletonRow[]) => {
  const tree = buildTree(skeletonOf(rows), { nowMs: 1e12 })
  return phrasesOf(tree, judge(tree))
    .map(({ text, nodes }) => (nodes ? `[${text}]` : text))
    .join('')
}
const tool = (id: string, start: number, end: number): SkeletonRow => ({
  id,
  parentId: 'r',
  type: 'TOOL',
  name: 'web-search',
  start,
  end,
})

describe('the verdict', () => {
  test.each<[string, SkeletonRow[], string]>([
    ['nothing to say', [], ''],
    [
      'one node',
      [{ id: 'r', name: 'chat', type: 'GENERATION', start: 0, end: 2000, cost: 0.5 }],
      '100 % of 2.00 s waits on [chat]; 100 % of $0.5 is [chat].',
    ],
    [
      'one after another, with idle time between',
      [{ id: 'r', name: 'agent', start: 0, end: 10_000 }, tool('a', 0, 3000), tool('b', 6000, 9500)],
      '65 % of 10.0 s waits on [web-search ×2], one after another; [3.50 s idle], most between [web-search] and [web-search].',
    ],
    [
      'side by side',
      [{ id: 'r', name: 'agent', start: 0, end: 6000 }, tool('a', 0, 3100), tool('b', 3000, 6000), tool('c', 0, 3000)],
      '100 % of 6.00 s waits on [web-search ×2], side by side.',
    ],
    [
      'one within the other is not side by side',
      [
        { id: 'r', name: 'agent', start: 0, end: 100 },
        tool('a', 0, 50),
        { ...tool('b', 10, 30), parentId: 'a' },
        tool('c', 50, 100),
      ],
      '100 % of 100 ms waits on [web-search ×3], one after another.',
    ],
    [
      'without a name',
      [
        { id: 'r', start: 0, end: 10 },
        { id: 'a', parentId: 'r', type: 'LLM', start: 0, end: 10 },
      ],
      '100 % of 10 ms waits on [llm].',
    ],
    [
      'money alone',
      [
        { id: 'r', name: 'x', start: 5, end: 5, cost: 0.25 },
        { id: 'b', name: 'y', start: 5, end: 5, cost: 0.75 },
      ],
      '75 % of $1.00 is [y].',
    ],
  ])('%s', (_, rows, text) => expect(sentence(rows)).toBe(text))

  test('a wrapper’s cost is not told twice', () => {
    const usage = { inputTokens: 10, outputTokens: 1, cost: 1 }
    const tree = buildTree(
      skeletonOf([
        { id: 'w', name: 'wrapper', type: 'GENERATION', start: 0, end: 9, ...usage },
        { id: 'g', parentId: 'w', name: 'call', type: 'GENERATION', start: 0, end: 9, ...usage },
      ]),
      { nowMs: 1e12 },
    )
    expect(judge(tree).cost).toMatchObject({ name: 'call', amount: 1, share: 1, nodes: [1] })
  })
})
