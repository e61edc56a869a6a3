import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { AppError } from '#domain/errors.ts'
import type { Filter } from '#domain/filter.ts'
import { projectId } from '#domain/ids.ts'
import { printLiteral } from '#store/print.ts'
import { filterSql, overriding, type View } from './filter-sql.ts'

const PROJECT = projectId('p1')
const name = (value: string, column = 'name'): Filter => ({ type: 'string', column, operator: '=', value })

const fullText = (value: string, operator: 'matches' | 'does not match' = 'matches'): Filter => ({
  type: 'string',
  column: 'fullText',
  operator,
  value,
})

// The same conditions run on the engine in test/query/filters.test.ts.
describe('printed', () => {
  test.each<[string, View, Filter[]]>([
    ['nothing', 'traces', []],
    [
      'own-columns',
      'traces',
      [name('a'), { type: 'arrayOptions', column: 'tags', operator: 'all of', value: ['x', 'y'] }],
    ],
    ['quotes', 'traces', [name("'; DROP TABLE traces; --\\'")]],
    [
      'metadata-path',
      'traces',
      [{ type: 'stringObject', column: 'metadata', key: "a.b'", operator: 'contains', value: '%' }],
    ],
    ['aggregate', 'traces', [name('a'), { type: 'number', column: 'errorCount', operator: '=', value: 0 }]],
    [
      'aggregate-since',
      'traces',
      [
        { type: 'datetime', column: 'timestamp', operator: '>=', value: 1_767_312_000_000_000_000n },
        { type: 'number', column: 'totalCost', operator: '>', value: 0.01 },
      ],
    ],
    ['score', 'traces', [{ type: 'numberObject', column: 'scores_avg', key: 'quality', operator: '>', value: 0.5 }]],
    [
      'trace-of-observation',
      'observations',
      [{ type: 'stringOptions', column: 'userId', operator: 'none of', value: ['u'] }],
    ],
    ['search', 'observationsV2', [{ type: 'string', column: 'input', operator: 'matches', value: 'needle' }]],
    ['full-text-of-traces', 'traces', [name('a'), fullText('the needle')]],
    ['full-text-left-out', 'observationsV2', [fullText('needle', 'does not match')]],
    ['full-text-of-observations', 'observationsV2', [fullText('naïve')]],
    ['trace-of-score', 'scores', [{ type: 'arrayOptions', column: 'trace_tags', operator: 'any of', value: ['x'] }]],
  ])('%s', async (file, view, filters) => {
    const { query } = printLiteral(filterSql(view, filters, PROJECT))
    await expect(`${query}\n`).toMatchFileSnapshot(`./__golden__/filter-${file}.sql`)
  })
})

const MARK = 'm4rk'
const marked = fc.tuple(fc.string(), fc.string()).map(([before, after]) => `${before}${MARK}${after}`)
const anyFilter: fc.Arbitrary<Filter> = fc.oneof(
  fc.record({
    type: fc.constant('string' as const),
    column: fc.oneof(marked, fc.constantFrom('name', 'metadata', 'userId', 'tags', 'fullText')),
    operator: fc.constantFrom('=' as const, 'contains' as const, 'ends with' as const, 'matches' as const),
    value: marked,
  }),
  fc.record({
    type: fc.constant('stringObject' as const),
    column: fc.oneof(marked, fc.constant('metadata')),
    key: marked,
    operator: fc.constantFrom('=' as const, 'does not contain' as const, 'is set' as const),
    value: marked,
  }),
  fc.record({
    type: fc.constant('categoryOptions' as const),
    column: fc.constantFrom('metadata', 'score_categories'),
    key: marked,
    operator: fc.constantFrom('any of' as const, 'none of' as const),
    value: fc.array(marked),
  }),
  fc.record({
    type: fc.constantFrom('arrayOptions' as const),
    column: fc.constantFrom('tags', 'traceTags'),
    operator: fc.constantFrom('any of' as const, 'none of' as const, 'all of' as const),
    value: fc.array(marked),
  }),
)

test('no text of a caller becomes SQL', () => {
  fc.assert(
    fc.property(
      fc.constantFrom<View>('traces', 'observations', 'observationsV2', 'scores'),
      anyFilter,
      (view, filter) => {
        try {
          const { parts } = filterSql(view, [filter], PROJECT)
          expect(parts.filter((part) => typeof part === 'string').join('')).not.toContain(MARK)
        } catch (error) {
          expect(error).toBeInstanceOf(AppError)
          expect(error).toMatchObject({ code: 'bad_request' })
        }
      },
    ),
    { numRuns: 500 },
  )
})

describe('a filter goes before the simple parameter of its column', () => {
  test.each<[string, Filter[], Filter[], Filter[]]>([
    ['same column', [name('a')], [name('b')], [name('b')]],
    ['same column by display name', [name('a', 'userId')], [name('b', 'User ID')], [name('b', 'User ID')]],
    ['another column', [name('a', 'userId')], [name('b')], [name('a', 'userId'), name('b')]],
    [
      'a position says nothing',
      [name('a')],
      [{ type: 'positionInTrace', column: 'name' }],
      [name('a'), { type: 'positionInTrace', column: 'name' }],
    ],
    ['none given', [name('a')], [], [name('a')]],
  ])('%s', (...[, simple, given, expected]) => {
    expect(overriding('traces', simple, given)).toEqual(expected)
  })
})

describe('refused', () => {
  const unknown = (column: string) => `Column ${column} does not match a UI / CH table mapping.`
  const untyped = (type: Filter['type'], column: string, expected: Filter['type']) =>
    `Invalid filter type '${type}' for column '${column}'. Expected filter type '${expected}'.`
  const unsearched = (column: string) =>
    `Operator 'matches' is not supported for column '${column}' here; use 'contains'.`
  const number = (column: string): Filter => ({ type: 'number', column, operator: '=', value: 1 })
  const search = (column: string): Filter => ({ type: 'string', column, operator: 'matches', value: 'x' })

  test.each<[string, View, Filter, string]>([
    ['an unknown column', 'traces', name('x', 'colour'), unknown('colour')],
    ['an injected column', 'traces', name('x', "id' OR 1"), unknown("id' OR 1")],
    ['a wrong type', 'traces', number('name'), untyped('number', 'name', 'string')],
    ['a wrong type for an array', 'traces', name('a', 'tags'), untyped('string', 'tags', 'arrayOptions')],
    ['a wrong type for metadata', 'traces', name('a', 'metadata'), untyped('string', 'metadata', 'stringObject')],
    ['a wrong type for scores', 'traces', number('scores_avg'), untyped('number', 'scores_avg', 'numberObject')],
    ['matches on traces', 'traces', search('name'), unsearched('name')],
    [
      'matches on v1 metadata',
      'observations',
      { type: 'stringObject', column: 'metadata', key: 'a', operator: 'matches', value: 'x' },
      unsearched('metadata'),
    ],
    ['matches on a short v2 column', 'observationsV2', search('name'), unsearched('name')],
    [
      'contains alone on v2 input',
      'observationsV2',
      { type: 'string', column: 'input', operator: 'contains', value: 'x' },
      "Filters on input and output need at least one '=' or 'matches' filter on input or output beside them.",
    ],
    [
      'another type on v2 output',
      'observationsV2',
      { type: 'stringOptions', column: 'output', operator: 'any of', value: ['x'] },
      untyped('stringOptions', 'output', 'string'),
    ],
    [
      'v2 columns on v1',
      'observations',
      { type: 'boolean', column: 'isRootObservation', operator: '=', value: true },
      unknown('isRootObservation'),
    ],
  ])('%s', (...[, view, filter, message]) => {
    expect(() => filterSql(view, [filter], PROJECT)).toThrow(message)
  })
})
