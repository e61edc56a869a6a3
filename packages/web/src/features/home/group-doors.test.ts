import { expect, test } from 'vitest'
import { lowerQuery } from '#lib/filter/lower.ts'
import { parseQuery } from '#lib/filter/parse.ts'
import { filterOfGroup, KEY_WORDS } from './group-doors.ts'

test.each([
  ['model', 'gpt-4o', '', 'model:=gpt-4o'],
  ['user', 'ann smith', 'errors:>0', 'user:="ann smith" errors:>0'],
  ['environment', 'production', '', 'env:=production'],
  ['name', '', '', '-name:*'],
] as const)('the rows of %s %s', (...[by, key, rest, expected]) => {
  expect(filterOfGroup(by, key, rest)).toBe(expected)
})

test.each(['model', 'name', 'user', 'environment'] as const)(
  'by %s, every door is a filter that is understood',
  (by) => {
    const table = KEY_WORDS[by].to.endsWith('traces') ? 'traces' : 'observations'
    for (const key of ['', 'a "b" c'])
      expect(lowerQuery(parseQuery(filterOfGroup(by, key, KEY_WORDS[by].failed)), { table }).marks).toEqual([])
  },
)
