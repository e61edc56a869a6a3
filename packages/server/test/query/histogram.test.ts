/** The bars over a list, and what they come to where not all can be counted in time. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { AppError } from '#domain/errors.ts'
import { projectId } from '#domain/ids.ts'
import type { HistogramFigure } from '#query/explore/bar-columns.ts'
import { startBudget } from '#query/explore/budget.ts'
import type { ExploredView } from '#query/explore/explored-view.ts'
import { findHistogram, type Histogram, type HistogramQuestion, stepOf } from '#query/explore/histogram.ts'
import type { Reader } from '#query/reader.ts'
import { HOUR_NS } from '#store/day-spans.ts'
import type { Engine } from '#store/engine.ts'
import { printLiteral } from '#store/print.ts'
import { openTestEngine, type TestEngine } from '../support/engine.ts'
import { at, createSeeder, OTHER_PROJECT, PROJECT } from '../support/seed.ts'
import { SPAN, seedExplored } from './explored-day.ts'

let opened: TestEngine
let reader: Reader

beforeAll(async () => {
  opened = await openTestEngine()
  reader = { engine: opened.engine, projectId: PROJECT }
  await seedExplored(opened.engine)
})
afterAll(() => opened?.close())

describe('the histogram', () => {
  const total = ({ bars }: Histogram) => bars.map(({ count, errors }) => [count, errors])
  const figures = ({ bars }: Histogram) => bars.map(({ figure }) => figure && Math.round(figure * 1000) / 1000)

  test('counts traces and those with an error', async () => {
    const histogram = await findHistogram(reader, { view: 'traces', filters: [], ...SPAN })
    expect([histogram.stepMs, histogram.total]).toEqual([1_800_000, 4])
    expect(total(histogram)).toEqual([
      [3, 1],
      [1, 0],
    ])
  })

  describe('with a figure', () => {
    /** With the statements that it asks, and whose connections serve them. */
    const recorded = async (question: Pick<HistogramQuestion, 'view' | 'figure'>) => {
      const asked: { readonly query: string; readonly lane: string | undefined }[] = []
      const engine: Engine = {
        ...opened.engine,
        query: async (statement, options = {}) => {
          asked.push({ query: printLiteral(statement).query, lane: options.lane })
          return await opened.engine.query(statement, options)
        },
      }
      const histogram = await findHistogram({ ...reader, engine }, { filters: [], ...SPAN, ...question })
      return { histogram, asked }
    }

    const OF_TRACES = [
      [3, 1],
      [1, 0],
    ]
    // Of c nothing has ended and nothing is priced; d has no observations.
    test.each<[ExploredView, HistogramFigure, (number | undefined)[], number[][], RegExp]>([
      [
        'traces',
        'p90',
        [3800, undefined],
        OF_TRACES,
        /, quantile\(0\.9\)\(measured\) AS figure FROM traces FINAL LEFT ANY JOIN \(SELECT cityHash64\(trace_id\) AS summed, /,
      ],
      [
        'traces',
        'cost',
        [0.75, undefined],
        OF_TRACES,
        /, sumOrNull\(measured\) AS figure FROM traces FINAL LEFT ANY JOIN .* GROUP BY summed\) AS sums ON cityHash64\(id\) = summed WHERE /,
      ],
      ['observations', 'p90', [3600], [[4, 1]], /, quantile\(0\.9\)\(.*\) AS figure FROM observations FINAL WHERE /],
      ['observations', 'cost', [0.75], [[4, 1]], /, sumOrNull\(total_cost\) AS figure FROM observations FINAL WHERE /],
    ])(
      'of %s tells their %s, unknown where it is not known',
      async (...[view, figure, expected, counts, statement]) => {
        const { histogram, asked } = await recorded({ view, figure })
        expect(figures(histogram)).toEqual(expected)
        expect(total(histogram)).toEqual(counts)
        expect(asked).toMatchObject([{ query: expect.stringMatching(statement), lane: 'heavy' }])
      },
    )

    test.each<ExploredView>(['traces', 'observations'])('that nobody asked for is not read of %s', async (view) => {
      const { histogram, asked } = await recorded({ view })
      expect(figures(histogram).filter((figure) => figure !== undefined)).toEqual([])
      expect(asked.map(({ lane }) => lane)).toEqual([undefined])
      expect(asked[0]?.query).not.toMatch(/JOIN|figure|quantile|total_cost/)
    })

    test('reads no traces of another project', async () => {
      const stranger = { ...reader, projectId: OTHER_PROJECT }
      const histogram = await findHistogram(stranger, { view: 'traces', figure: 'cost', filters: [], ...SPAN })
      expect(figures(histogram)).toEqual([undefined])
    })
  })

  describe('of more than can be counted in time', () => {
    const TO = at('2026-05-01T00:00:00Z')
    const NAMED = { type: 'string', column: 'name', operator: '=', value: 'hit' } as const
    const asked = { view: 'observations', filters: [NAMED], from: TO - 90n * 24n * HOUR_NS, to: TO } as const
    const project = projectId('estimated')

    beforeAll(async () => {
      const days = ['2026-03-10', '2026-04-24', '2026-04-27', '2026-04-28', '2026-04-29']
      await createSeeder(opened.engine, project).observations(
        ...days.flatMap((day, index) =>
          ['hit', 'a', 'b', 'c'].map((name) => ({
            id: `${day} ${name}`,
            traceId: day,
            projectId: project,
            startTime: at(`${day}T12:00:00Z`),
            endTime: at(`${day}T12:00:0${index + 1}Z`),
            totalCost: day === '2026-03-10' ? undefined : 0.5,
            name,
            level: day === '2026-04-29' ? ('ERROR' as const) : ('DEFAULT' as const),
          })),
        ),
      )
    })

    /** Of an engine that refuses to look at filtered rows since some instants; and the seconds that it is given. */
    const count = async (refuses: (since: string) => boolean, part: Partial<HistogramQuestion> = {}) => {
      const limits: (number | undefined)[] = []
      const engine: Engine = {
        ...opened.engine,
        query: async (statement, options = {}) => {
          limits.push(options.maxSeconds)
          const { query } = printLiteral(statement)
          const since = />= _CAST\('([^']+)'/.exec(query)?.[1] ?? ''
          if (query.includes('FINAL') && refuses(since)) throw new AppError('query_too_heavy')
          return await opened.engine.query(statement, options)
        },
      }
      const question = { ...asked, budget: startBudget(5000, () => 0), ...part }
      return { histogram: await findHistogram({ engine, projectId: project }, question), limits }
    }

    test('is estimated by the newest rows, of those in the bar where they end too', async () => {
      const { histogram } = await count((since) => since < '2026-04-26')
      // Three of the newest twelve match, one with an error: so may one of the four before, and one in March.
      expect(histogram).toMatchObject({ stepMs: 7 * 24 * 3_600_000, total: 5, isEstimated: true })
      expect(total(histogram)).toEqual([
        [1, 0],
        [4, 1],
      ])
    })

    test('is exact where the newest rows turn out to be all', async () => {
      let questions = 0
      const { histogram } = await count(() => questions++ === 0)
      expect(histogram).toMatchObject({ total: 5, isEstimated: false })
      expect(total(histogram)).toEqual([
        [1, 0],
        [4, 1],
      ])
    })

    // One second in March, 2 to 5 in the four days of April; what was not read costs as the rest does, and has no p90.
    test.each<[HistogramFigure, boolean, (number | undefined)[]]>([
      ['p90', true, [undefined, 4800]],
      ['p90', false, [1000, 4700]],
      ['cost', true, [0.5, 2]],
      ['cost', false, [undefined, 2]],
    ])('tells %s too, where it is estimated: %s', async (figure, isEstimated, expected) => {
      let questions = 0
      const refuses = (since: string) => (isEstimated ? since < '2026-04-26' : questions++ === 0)
      const { histogram } = await count(refuses, { figure })
      expect(histogram).toMatchObject({ total: 5, isEstimated })
      expect(figures(histogram)).toEqual(expected)
    })

    test('may take half of the time at once, then what is left of it, but for what there must be', async () => {
      const { limits } = await count((since) => since < '2026-04-26')
      expect(limits.slice(0, 4)).toEqual([3, undefined, undefined, 4])
    })

    test('takes what it takes where the newest hour is about all of it', async () => {
      const span = { from: at('2026-04-29T11:30:00Z'), to: at('2026-04-29T13:30:00Z') }
      const { histogram, limits } = await count(() => false, span)
      expect(histogram).toMatchObject({ total: 1, isEstimated: false })
      expect(limits).toEqual([undefined])
    })

    test('is nothing where there is nothing', async () => {
      const to = at('2026-02-20T00:00:00Z')
      const { histogram } = await count(() => true, { from: to - 24n * HOUR_NS, to })
      expect(histogram).toMatchObject({ bars: [], total: 0, isEstimated: false })
    })
  })

  test('counts observations', async () => {
    expect(total(await findHistogram(reader, { view: 'observations', filters: [], ...SPAN }))).toEqual([[4, 1]])
  })

  test.each([
    [1000, 1000],
    [80_000, 1000],
    [81_000, 2000],
    [86_400_000, 1_800_000],
    [365 * 86_400_000, 7 * 86_400_000],
  ])('over %s ms has bars of %s ms', (span, step) => {
    expect(stepOf(span)).toBe(step)
  })
})
