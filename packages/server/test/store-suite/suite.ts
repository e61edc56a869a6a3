/** What every Engine must do, whatever stands behind it. Each adapter's test file calls this once. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { projectId } from '#domain/ids.ts'
import type { Engine } from '#store/engine.ts'
import { toMetricPointRow } from '#store/rows/metric.ts'
import { f64, f64s, i64, instant, type Sql, sql, str, strs, u32, u64 } from '#store/sql.ts'

export interface Subject {
  readonly engine: Engine
  close(): Promise<void>
}

const HEAVY = sql`SELECT count() AS n FROM numbers(1000000000000) WHERE number % 7 = 3`
const project = projectId('suite')
const START = BigInt(Date.UTC(2026, 0, 1)) * 1_000_000n
const HOUR = 3_600_000_000_000n

const point = (index: number, timestamp = START) =>
  toMetricPointRow(project, { name: 'suite', labels: {}, value: index, timestamp }, String(index))

/** Runs the suite against an engine with empty tables. */
export function engineSuite(name: string, open: () => Promise<Subject>): void {
  describe(name, () => {
    let subject: Subject
    let engine: Engine
    beforeAll(async () => {
      subject = await open()
      engine = subject.engine
    })
    afterAll(() => subject.close())

    const count = async (where: Sql = sql`1`) => {
      const [row] = await engine.query(sql`SELECT count() AS n FROM metric_points WHERE ${where}`)
      return Number(row?.['n'])
    }

    describe('query', () => {
      test('gives 64-bit numbers as text, others as numbers, instants in UTC', async () => {
        const nested = sql`map('a', ${u64(3)}) AS m, [${u64(4)}] AS list, CAST(NULL AS Nullable(String)) AS none`
        const values = sql`${u64(2n ** 64n - 1n)} AS u, ${i64(-1)} AS i, ${u32(7)} AS s, ${f64(0.1)} AS f`
        const when = sql`${instant(1_767_323_045_123_456_789n)} AS t, toDateTime(0) AS epoch, toHour(toDateTime(0)) AS hour`
        expect(await engine.query(sql`SELECT ${values}, ${nested}, ${when}`)).toEqual([
          {
            u: '18446744073709551615',
            i: '-1',
            s: 7,
            f: 0.1,
            m: { a: '3' },
            list: ['4'],
            none: null,
            t: '2026-01-02 03:04:05.123456789',
            epoch: '1970-01-01 00:00:00',
            hour: 0,
          },
        ])
      })

      test.each([
        ['quotes', `'"\`\\`],
        ['control characters', '\0\b\t\n\r\x7f\u{85}'],
        ['what looks like SQL', "'; DROP TABLE traces; --"],
        ['what looks like a parameter', '{p0: String}'],
        ['other scripts', 'żółć 日本語 💥 \u2028'],
      ])('takes text with %s', async (_name, text) => {
        expect(await engine.query(sql`SELECT ${str(text)} AS a, ${strs([text, ''])} AS b`)).toEqual([
          { a: text, b: [text, ''] },
        ])
      })

      test('takes lists, empty ones included', async () => {
        expect(
          await engine.query(
            sql`SELECT ${f64s([1.5, -0.25])} AS a, 'x' IN ${strs([])} AS b, 'x' IN ${strs(['x', 'y'])} AS c`,
          ),
        ).toEqual([{ a: [1.5, -0.25], b: 0, c: 1 }])
      })

      test('gives no rows as an empty list', async () => {
        expect(await engine.query(sql`SELECT 1 AS a WHERE 0`)).toEqual([])
      })

      test('runs queries side by side', async () => {
        const answers = await Promise.all(
          Array.from({ length: 20 }, (_, index) =>
            engine.query(sql`SELECT ${u32(index)} AS n, sleepEachRow(0.01) AS s`),
          ),
        )
        expect(answers.map(([row]) => row?.['n'])).toEqual(Array.from({ length: 20 }, (_, index) => index))
      })

      test('stops at its limit of time', async () => {
        await expect(engine.query(HEAVY, { maxSeconds: 1 })).rejects.toMatchObject({ code: 'query_too_heavy' })
      })

      test('takes no more time for being allowed more than its own limit', async () => {
        const seconds = sql`SELECT toFloat64(getSetting('max_execution_time')) AS seconds`
        const own = await engine.query(seconds)
        expect(await engine.query(seconds, { maxSeconds: 3600 })).toEqual(own)
        expect(await engine.query(seconds, { maxSeconds: 1 })).toEqual([{ seconds: 1 }])
      })

      test('stops at its limit of memory', async () => {
        const greedy = sql`SELECT number, groupArray(number) AS list FROM numbers(200000000) GROUP BY number`
        await expect(engine.query(greedy)).rejects.toMatchObject({ code: 'query_too_heavy' })
      })

      test('refuses a result that is too large', async () => {
        const large = sql`SELECT repeat('x', 100 + number % 2) AS a FROM numbers(1000000)`
        const outcome = await engine.query(large).then(
          (rows) => rows.length,
          (error: unknown) => error,
        )
        expect(outcome).toMatchObject({ code: 'result_too_large' })
      })

      test.each([
        ['time', sql`SELECT number, sleepEachRow(0.001) AS s FROM numbers(100000) SETTINGS max_block_size = 100`],
        ['size', sql`SELECT repeat('x', 100 + number % 2) AS a FROM numbers(1000000)`],
        [
          'an exception',
          sql`SELECT throwIf(number = 300000) AS a FROM numbers(1000000) SETTINGS max_block_size = 1000`,
        ],
      ])('what failed by %s in the middle of its result leaves nothing to the next query', async (_name, statement) => {
        // One after the other in the lane of one connection.
        await expect(engine.query(statement, { lane: 'writer', maxSeconds: 1 })).rejects.toBeDefined()
        expect(await engine.query(sql`SELECT 2 AS b`, { lane: 'writer' })).toEqual([{ b: 2 }])
      })

      test('a statement that makes no sense is a fault of ours', async () => {
        await expect(engine.query(sql`SELECT nothing FROM nowhere`)).rejects.toMatchObject({ code: 'internal' })
      })

      test('an abort is answered at once, and other lanes go on meanwhile', async () => {
        const controller = new AbortController()
        const heavy = engine.query(HEAVY, { lane: 'heavy', maxSeconds: 2, signal: controller.signal })
        expect(await engine.query(sql`SELECT 1 AS a`)).toEqual([{ a: 1 }])
        expect(await engine.query(sql`SELECT 1 AS a`, { lane: 'writer' })).toEqual([{ a: 1 }])
        controller.abort(new Error('gone'))
        await expect(heavy).rejects.toThrow('gone')
      })
    })

    describe('insert', () => {
      test('a repeated token changes nothing, another one adds', async () => {
        const rows = [point(1), point(2, START + 1000n * HOUR)]
        await engine.insert('metric_points', rows, 'once')
        await engine.insert('metric_points', rows, 'once')
        expect(await count()).toBe(2)
        await engine.insert('metric_points', [point(3)], 'twice')
        expect(await count()).toBe(3)
      })

      test('no rows are no insert', async () => {
        await expect(engine.insert('metric_points', [], 'none')).resolves.toBeUndefined()
      })

      test('rows may name their columns in any order', async () => {
        const turned = Object.fromEntries(Object.entries(point(4)).reverse())
        await engine.insert('metric_points', [point(5), turned], 'turned')
        expect(await count(sql`point_id = ${u64(4)} AND value = ${f64(4)}`)).toBe(1)
      })

      test('one insert may span hundreds of months', async () => {
        const rows = Array.from({ length: 300 }, (_, month) => point(1000 + month, BigInt(month) * 730n * HOUR))
        await engine.insert('metric_points', rows, 'months')
        expect(await count(sql`point_id >= ${u64(1000)} AND point_id < ${u64(2000)}`)).toBe(300)
      })

      test('a large insert is one block', async () => {
        const rows = Array.from({ length: 100_000 }, (_, index) => point(100_000 + index))
        await engine.insert('metric_points', rows, 'large')
        await engine.insert('metric_points', rows, 'large')
        expect(await count(sql`point_id >= ${u64(100_000)}`)).toBe(100_000)
      })

      test('what UTF-8 cannot carry is replaced, the rest of the block kept', async () => {
        const label = toMetricPointRow(project, { name: 'half \ud83d', labels: {}, value: 0, timestamp: START }, '9')
        await engine.insert('metric_points', [label], 'half')
        expect(await count(sql`name = ${str('half \u{fffd}')}`)).toBe(1)
      })

      test.each([
        ['a value of another type', { ...point(6), value: 'many' }],
        ['another column', { ...point(6), nothing: 1 }],
        ['a column too few', (({ value: _value, ...rest }) => rest)(point(6))],
        ['no value where there must be one', { ...point(6), timestamp: null }],
        ['an impossible instant', { ...point(6), timestamp: 'yesterday' }],
      ])('%s is refused for good, and nothing of the block stays', async (reason, row) => {
        await expect(engine.insert('metric_points', [point(7), row], reason)).rejects.toMatchObject({
          code: 'bad_request',
        })
        expect(await count(sql`point_id IN (6, 7)`)).toBe(0)
      })
    })

    test('ping and command answer', async () => {
      await expect(engine.ping()).resolves.toBeUndefined()
      await expect(engine.command('SELECT 1')).resolves.toBeUndefined()
      await expect(engine.command('NO SUCH STATEMENT')).rejects.toMatchObject({ code: 'internal' })
    })
  })
}
