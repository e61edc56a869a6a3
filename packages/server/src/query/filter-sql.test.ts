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
