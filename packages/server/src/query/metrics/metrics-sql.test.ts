import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { AppError } from '#domain/errors.ts'
import { projectId } from '#domain/ids.ts'
import { parseIso } from '#domain/time.ts'
import { printLiteral } from '#store/print.ts'
import { metricsSql, resolve } from './metrics-sql.ts'
import type { MetricsQuestion } from './question.ts'

const PLAIN: MetricsQuestion = {
  view: 'observations',
  dimensions: [],
  metrics: [{ measure: 'count', aggregation: 'count' }],
  filters: [],
  from: parseIso('2026-01-01T00:00:00Z') ?? 0n,
  to: parseIso('2026-01-08T00:00:00Z') ?? 0n,
  granularity: undefined,
  orderBy: [],
  bins: 10,
  rowLimit: undefined,
}

const print = (question: Partial<MetricsQuestion>) =>
  printLiteral(metricsSql(resolve({ ...PLAIN, ...question }), projectId('p1'))).query

// The same questions run on the engine in test/query/metrics-query.test.ts.
describe('printed', () => {
  test.each<[string, Partial<MetricsQuestion>]>([
    ['count', {}],
    [
      'cost-by-model-and-day',
      {
        dimensions: ['providedModelName'],
        metrics: [{ measure: 'totalCost', aggregation: 'sum' }],
        granularity: 'auto',
        rowLimit: 50,
      },
    ],
    [
      'percentiles-share-a-state',
      {
        metrics: [
          { measure: 'latency', aggregation: 'p50' },
          { measure: 'latency', aggregation: 'p99' },
        ],
      },
    ],
    [
      'by-user-of-the-trace',
      { dimensions: ['userId'], orderBy: [{ field: 'count_count', direction: 'desc' }], rowLimit: 100 },
    ],
    ['parts-of-cost', { dimensions: ['costType'], metrics: [{ measure: 'costByType', aggregation: 'sum' }] }],
    [
      'traces-with-scores',
      { view: 'traces', dimensions: ['name'], metrics: [{ measure: 'scoresCount', aggregation: 'avg' }] },
    ],
    [
      'scores-by-model',
      {
        view: 'scores-boolean',
        dimensions: ['observationModelName'],
        metrics: [{ measure: 'value', aggregation: 'avg' }],
        filters: [{ type: 'string', column: 'traceName', operator: '=', value: "it's" }],
      },
    ],
  ])('%s', async (file, question) => {
    await expect(`${print(question)}\n`).toMatchFileSnapshot(`./__golden__/${file}.sql`)
  })
})

test('no text of a caller becomes SQL', () => {
  const MARK = 'm4rk'
  const marked = fc.tuple(fc.string(), fc.string()).map(([before, after]) => `${before}${MARK}${after}`)
  const question = fc.record({
    dimensions: fc.array(marked, { maxLength: 1 }),
    filters: fc.array(
      fc.record({
        type: fc.constant('string' as const),
        column: fc.constantFrom('name', 'userId', MARK),
        operator: fc.constant('=' as const),
        value: marked,
      }),
      { maxLength: 2 },
    ),
    orderBy: fc.array(fc.record({ field: marked, direction: fc.constant('asc' as const) }), { maxLength: 1 }),
  })
  fc.assert(
    fc.property(question, (given) => {
      try {
        const { parts } = metricsSql(resolve({ ...PLAIN, ...given }), projectId('p1'))
        expect(parts.filter((part) => typeof part === 'string').join('')).not.toContain(MARK)
      } catch (thrown) {
        expect(thrown).toBeInstanceOf(AppError)
      }
    }),
  )
})
