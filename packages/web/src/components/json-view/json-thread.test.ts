import { describe, expect, test } from 'vitest'
import { openJsonDocument } from './json-document.ts'
import { answerTo, type JsonAsk } from './json-thread.ts'

const SPAN = { from: 1, to: 3 }

describe('answerTo', () => {
  test('text that is no JSON says so', () => {
    expect(answerTo(undefined, { id: 7, ask: { kind: 'open' }, span: SPAN })).toEqual({
      id: 7,
      isJson: false,
      count: 0,
      from: 0,
      rows: [],
    })
  })

  test.each<[string, JsonAsk, object]>([
    ['opening', { kind: 'open' }, { count: 6 }],
    ['scrolling', { kind: 'rows' }, { count: 6 }],
    ['closing', { kind: 'toggle', row: { id: '["b"]', isOpen: true } }, { count: 3 }],
    ['a depth', { kind: 'depth', depth: 1 }, { count: 3 }],
    ['a search', { kind: 'search', text: 'z', at: 0 }, { count: 6, matches: { count: 1, isCut: false }, found: 5 }],
    ['a search in vain', { kind: 'search', text: 'none', at: 0 }, { count: 6, matches: { count: 0, isCut: false } }],
    ['a copy', { kind: 'copy', path: ['b', 2] }, { count: 6, text: 'z' }],
  ])('%s is done, and the rows in sight come with it', (_, ask, expected) => {
    const document = openJsonDocument('{"a":1,"b":["x","y","z"]}')
    const { rows, ...answer } = answerTo(document, { id: 1, ask, span: SPAN })
    expect(answer).toEqual({ id: 1, isJson: true, from: 1, ...expected })
    expect(rows.map(({ key }) => key)).toEqual(['a', 'b'])
  })
})
