import { describe, expect, test } from 'vitest'
import { parsePayload } from '#lib/chat/payload.ts'
import { DEFAULT_FOLDS, findInJson, jsonRows, printPath, reveal, toggleFold } from './json-rows.ts'

const VALUE = parsePayload('{"a":{"b":[{"c":12345678901234567890},{"d":"Deep"}]},"e":null,"f":{}}')
const shown = (folds = DEFAULT_FOLDS) => jsonRows(VALUE, folds).map(({ path }) => printPath(path))

describe('rows', () => {
  test('open down to a depth', () => {
    expect(shown()).toEqual(['', 'a', 'a.b', 'e', 'f'])
    expect(shown({ ...DEFAULT_FOLDS, depth: 0 })).toEqual([''])
    expect(shown({ ...DEFAULT_FOLDS, depth: 9 })).toEqual([
      '',
      'a',
      'a.b',
      'a.b[0]',
      'a.b[0].c',
      'a.b[1]',
      'a.b[1].d',
      'e',
      'f',
    ])
  })

  test('closed and opened by hand, and back', () => {
    const [, a] = jsonRows(VALUE, DEFAULT_FOLDS)
    if (!a) throw new Error('no row')
    const closed = toggleFold(DEFAULT_FOLDS, a)
    expect(shown(closed)).toEqual(['', 'a', 'e', 'f'])
    expect(shown(toggleFold(closed, { ...a, isOpen: false }))).toEqual(shown())
  })

  test('revealed however deep', () => {
    expect(shown(reveal(DEFAULT_FOLDS, ['a', 'b', 1, 'd']))).toContain('a.b[1].d')
  })

  test('a crowd stays closed until it is opened', () => {
    const crowd = Array.from({ length: 300 }, (_, index) => index)
    expect(jsonRows(crowd, DEFAULT_FOLDS)).toHaveLength(1)
    expect(jsonRows(crowd, reveal(DEFAULT_FOLDS, [0]))).toHaveLength(301)
  })

  test('as deep as the parser goes', () => {
    let value: unknown = 'leaf'
    for (let level = 0; level < 3000; level++) value = [value]
    expect(findInJson(value, 'none')).toEqual([])
  })
})

test.each([
  ['a scalar in any case', 'deep', ['a.b[1].d']],
  ['a key', 'e', ['a.b[1].d', 'e']],
  ['the digits of a number too long for one', '567890123456', ['a.b[0].c']],
  ['nothing', '', []],
])('finds %s', (_, text, expected) => {
  expect(findInJson(VALUE, text).map(printPath)).toEqual(expected)
})

test.each([
  [['messages', 0, 'content'], 'messages[0].content'],
  [['a b', 'c-d'], '["a b"]["c-d"]'],
  [[3], '[3]'],
] as const)('prints %j', (path, text) => {
  expect(printPath(path)).toBe(text)
})
