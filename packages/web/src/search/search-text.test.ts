import { describe, expect, test } from 'vitest'
import { parseSearchText, printSearchText } from './search-text.ts'

describe('search text', () => {
  test.each([
    ['nothing', {}, ''],
    ['one of each', { q: 'level:error x', n: 3 }, '?q=level:error+x&n=3'],
    ['a list', { env: ['a', 'b'] }, '?env=a&env=b'],
    ['what is not set', { a: undefined, b: null, c: [] }, ''],
    ['characters with a meaning', { q: 'a&b=c#d%?+' }, '?q=a%26b%3Dc%23d%25%3F%2B'],
  ])('prints %s', (_, search, text) => {
    expect(printSearchText(search)).toBe(text)
  })

  test.each([
    ['numbers stay text', '?node=0123', { node: '0123' }],
    ['lists', '?env=a&env=b&env=c', { env: ['a', 'b', 'c'] }],
    ['empty values', '?q=', { q: '' }],
  ])('reads %s', (_, text, search) => {
    expect(parseSearchText(text)).toEqual(search)
  })

  test('reads what it prints', () => {
    const search = { q: 'metadata.tier:"a & b" ä/日本', env: ['x,y', 'z@:'] }
    expect(parseSearchText(printSearchText(search))).toEqual(search)
  })
})
