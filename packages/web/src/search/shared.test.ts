import { describe, expect, test } from 'vitest'
import { flag, oneOf, sharedSearch, wordOf } from './shared.ts'

const first = oneOf(['model', 'name'])
const any = wordOf(['tree', 'log'])

describe('a search param', () => {
  test.each([
    ['of a few words', first, 'name', 'name'],
    ['at its default', first, 'model', undefined],
    ['of no known word', first, 'nobody', undefined],
    ['that is a list of words', first, ['name', 'name'], undefined],
    ['without a default', any, 'tree', 'tree'],
    ['without a default, of no known word', any, 'nobody', undefined],
    ['that is on', flag, '1', '1'],
    ['that is off', flag, '0', undefined],
    ['that is left out', first, undefined, undefined],
  ])('%s', (...[, param, given, expected]) => expect(param.parse(given)).toBe(expected))
})

test.each([
  ['ranges and environments', { t: '1h', env: ['a', 'b'] }, { t: '1h', env: ['a', 'b'] }],
  ['one environment', { env: 'a' }, { env: ['a'] }],
  ['what is no range', { t: 'nonsense' }, {}],
])('pages share %s', (...[, given, expected]) => expect(sharedSearch.parse(given)).toEqual(expected))
