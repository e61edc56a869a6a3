import { expect, test } from 'vitest'
import type { ComparedRow } from '#lib/trace/compare.ts'
import { type Divergence, divergenceText, findDivergence, type Output } from './find-divergence.ts'

const pair = (node: number): ComparedRow => ({ a: node, b: node, change: 'same', addedMs: 0, addedCost: 0 })
const lone = (b: number): ComparedRow => ({
  a: undefined,
  b,
  change: 'added',
  addedMs: undefined,
  addedCost: undefined,
})
const pairs = (count: number) => Array.from({ length: count }, (_, node) => pair(node))
const whole = (text: string): Output => ({ text, totalChars: text.length })

type Outputs = Readonly<Record<number, readonly [Output, Output]>>
const search = (rows: readonly ComparedRow[], outputs: Outputs = {}, order = rows.map((_, index) => index)) =>
  findDivergence({
    rows,
    order,
    isOver: () => false,
    read: (a) => Promise.resolve<readonly [Output, Output]>(outputs[a] ?? [whole('x'), whole('x')]),
  })

test.each<[string, Promise<Divergence>, Divergence]>([
  ['nothing differs', search(pairs(3)), { kind: 'same', isWhole: true }],
  ['an output', search(pairs(3), { 1: [whole('x'), whole('y')] }), { kind: 'found', row: 1 }],
  ['what only one has', search([pair(0), lone(1), pair(2)]), { kind: 'found', row: 1 }],
  ['what came first', search([...pairs(2), lone(2)], {}, [2, 0, 1]), { kind: 'found', row: 2 }],
  [
    'beginnings alone are known',
    search(pairs(2), {
      1: [
        { text: 'x', totalChars: 9 },
        { text: 'x', totalChars: 9 },
      ],
    }),
    { kind: 'same', isWhole: false },
  ],
  [
    'one goes on longer',
    search(pairs(2), { 1: [{ text: 'x', totalChars: 9 }, whole('x')] }),
    { kind: 'found', row: 1 },
  ],
  ['more than are read', search(pairs(401)), { kind: 'unread', pairs: 400 }],
  ['as many as are read', search(pairs(400)), { kind: 'same', isWhole: true }],
])('%s', async (_, ...[found, expected]) => expect(await found).toEqual(expected))

test.each<[Divergence, string]>([
  [{ kind: 'same', isWhole: true }, 'Every output is the same.'],
  [{ kind: 'unread', pairs: 400 }, 'The first 400 outputs are the same; the others were not compared.'],
  [{ kind: 'failed', message: 'offline' }, 'The outputs could not be compared: offline'],
])('%j', (divergence, text) => expect(divergenceText(divergence)).toBe(text))
