import { describe, expect, test } from 'vitest'
import { TableSearch } from './table-search.ts'

const OLD = JSON.stringify([{ type: 'stringOptions', column: 'level', operator: 'any of', value: ['ERROR'] }])

describe('the search params of a table', () => {
  test.each([
    ['nothing', {}, {}],
    ['a filter text', { q: 'level:error', sort: 'name' }, { q: 'level:error', sort: 'name' }],
    ['the JSON of an old link', { filter: OLD }, { q: 'level:ERROR' }],
    ['both, of which the text has been made of the JSON', { q: 'name:a', filter: OLD }, { q: 'name:a' }],
    ['what no table keeps', { q: 'name:a', page: '2' }, { q: 'name:a' }],
    [
      'how the trace that is peeked at is looked at',
      { peek: 'a', node: 'b', tab: 'meta' },
      { peek: 'a', node: 'b', tab: 'meta' },
    ],
    ['what the chart shows', { chart: 'p90' }, { chart: 'p90' }],
    ['a chart of counts, as it comes', { chart: 'count' }, {}],
    ['a chart that there is not', { chart: 'p50' }, {}],
    ['what is no text', { q: ['a', 'b'] }, {}],
  ])('%s', (...[, given, expected]) => expect(TableSearch.parse(given)).toEqual(expected))
})
