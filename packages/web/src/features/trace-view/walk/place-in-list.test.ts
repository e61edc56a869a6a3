import { expect, test } from 'vitest'
import { placeInList } from './place-in-list.ts'

const rows = ['a', 'b', 'c'].map((id) => ({ id, traceId: `trace ${id}` }))

test.each([
  ['the first', 'a', { place: 1, previous: undefined, next: rows[1], needsMore: false }],
  ['one between', 'b', { place: 2, previous: rows[0], next: rows[2], needsMore: false }],
  ['the last that was read', 'c', { place: 3, previous: rows[1], next: undefined, needsMore: true }],
  ['none of them', 'x', { place: undefined, previous: undefined, next: undefined, needsMore: true }],
])('%s', (_, id, expected) => expect(placeInList(rows, id)).toEqual(expected))
