/** The writer over an engine that fails: it waits, splits, keeps aside, and goes on. */
import { describe, expect, test } from 'vitest'
import { AppError } from '#domain/errors.ts'
import { traceId } from '#domain/ids.ts'
import type { Model } from '#domain/model.ts'
import type { EventLog } from '#eventlog/event-log.ts'
import { createMemoryLog } from '#eventlog/memory-log.ts'
import { createFakeEngine } from '../fakes/engine.ts'
import { metrics, observation, score, span, startBench, trace } from './bench.ts'

const PATIENCE = { timeout: 20_000 }

const open = async (over: Partial<Parameters<typeof startBench>[0]> = {}) => {
  const engine = createFakeEngine()
  const log = createMemoryLog()
  return { engine, log, bench: await startBench({ log, engine, ...over }) }
}
const idsOf = (rows: readonly Record<string, unknown>[]) => rows.map((row) => row['id'])

describe('an engine that is away', () => {
  test('is waited for, and the barrier says how far behind the store is', async () => {
    const { engine, log, bench } = await open()
    engine.isDown = true
    await bench.append(trace('t'), span('o'))
    expect(await bench.caughtUp(20)).toBeGreaterThan(0)
    expect(log.backlogBytes()).toBeGreaterThan(0)
    engine.isDown = false
    expect(await bench.caughtUp()).toBe(0)
    expect(idsOf(engine.rowsOf('traces'))).toEqual(['t'])
    await expect.poll(() => log.backlogBytes(), PATIENCE).toBe(0)
    await bench.stop()
  })

  test('does not hold up the end of the process; the next one goes on where this one stopped', async () => {
    const { engine, log, bench } = await open({ stopTimeoutMs: 20 })
    engine.isDown = true
    await bench.append(span('o'))
    await bench.stop()
    expect(log.committed(0)).toBeLessThan(log.head(0))
    engine.isDown = false
    const next = await startBench({ log, engine })
    expect(await next.caughtUp()).toBe(0)
    expect(idsOf(engine.rowsOf('observations'))).toEqual(['o'])
    await next.stop()
  })

  test('repeats an insert with the token of the first attempt', async () => {
    const { engine, bench } = await open()
    const tokens: string[] = []
    const insert = engine.insert
    engine.insert = async (table, rows, token) => {
      tokens.push(token)
      await insert(table, rows, token)
      if (tokens.length === 1) {
        engine.isDown = true
        queueMicrotask(() => {
          engine.isDown = false
        })
        await engine.ping()
      }
    }
    await bench.store(span('o'))
    expect(new Set(tokens).size).toBe(1)
    expect(tokens).toHaveLength(2)
    await bench.stop()
  })

  test('stopping stores what the log holds', async () => {
    const { engine, bench } = await open()
    await bench.append(...Array.from({ length: 50 }, (_, n) => span(`o${n}`)))
    await bench.stop()
    expect(engine.rowsOf('observations')).toHaveLength(50)
  })
})

describe('what can not be stored', () => {
  test('stands alone among the dead letters, the rest is stored', async () => {
    const { engine, bench } = await open()
    engine.refuses = (row) => row['id'] === 'bad'
    const spans = Array.from({ length: 20 }, (_, n) => span(n === 13 ? 'bad' : `o${n}`))
    await bench.store(...spans, trace('t'))
    expect(engine.rowsOf('observations')).toHaveLength(19)
    expect(idsOf(engine.rowsOf('traces'))).toEqual(['t'])
    expect(await bench.deadLetters()).toMatchObject([
      { stage: 'store', reason: 'The fake engine refuses a row', index: 13, change: { id: 'bad' } },
    ])
    expect(await bench.metricsText()).toContain('xtrace_writer_dead_letters_total{stage="store"} 1')
    await bench.stop()
  })

  test('bytes that are no change', async () => {
    const { engine, log, bench } = await open()
    await log.append([{ key: 'k', payload: Buffer.from('nonsense') }])
    await bench.store(span('o'))
    expect(idsOf(engine.rowsOf('observations'))).toEqual(['o'])
    expect(await bench.deadLetters()).toMatchObject([
      { stage: 'decode', payload: Buffer.from('nonsense').toString('base64') },
    ])
    await bench.stop()
  })

  test('an observation whose tokens can not be counted', async () => {
    const model: Model = {
      id: 'm',
      projectId: undefined,
      modelName: 'gpt',
      matchPattern: 'gpt',
      startDate: undefined,
      unit: undefined,
      tokenizerId: undefined,
      tokenizerConfig: undefined,
      tiers: [],
      createdAt: 0,
      updatedAt: 0,
    }
    const { engine, bench } = await open({
      models: { find: async () => model, byId: async () => model },
      tokens: {
        count() {
          throw new RangeError('too long')
        },
      },
    })
    await bench.store(span('bad', { model: 'gpt', input: 'q' }), span('good'))
    expect(idsOf(engine.rowsOf('observations'))).toEqual(['good'])
    expect(await bench.deadLetters()).toMatchObject([{ reason: 'too long', change: { id: 'bad' } }])
    await bench.stop()
  })

  test('a refused row leaves the state before it in force', async () => {
    const { engine, bench } = await open()
    await bench.store(trace('t', { name: 'first' }))
    const [row] = engine.rowsOf('traces')
    engine.answers = () => (row ? [{ ...row }] : [])
    engine.refuses = (candidate) => candidate['user_id'] === 'bad'
    await bench.store(trace('t', { isUpdate: true, userId: 'bad' }))
    await bench.store(trace('t', { isUpdate: true, release: 'r' }))
    expect(engine.rowsOf('traces').at(-1)).toMatchObject({ name: 'first', user_id: '', release: 'r' })
    await bench.stop()
  })
})

describe('what a flush asks and does', () => {
  test('what is new is not looked up, nor what was stored lately', async () => {
    const { engine, bench } = await open()
    const lookups = () =>
      engine.queries.filter(({ parts }) =>
        parts.some((part) => typeof part === 'string' && part.includes('LIMIT 1 BY')),
      )
    await expect.poll(() => engine.queries.length, PATIENCE).toBe(3)
    await bench.store(span('o1'), trace('t'), observation('o3'), score('s'))
    await bench.store(trace('t', { name: 'again' }), observation('o3'), observation('o4'), score('s'))
    expect(lookups()).toEqual([])
    await bench.store(span('o1', { name: 'sent again' }))
    // In its minute, where this store has nothing, and then anywhere.
    expect(lookups()).toHaveLength(2)
    await bench.stop()
  })

  test('as long as it is not known what the store holds, only spans are taken for new', async () => {
    const engine = createFakeEngine()
    engine.answers = ({ parts }) => {
      if (parts.join('').includes('GROUP BY hour')) throw new AppError('unavailable')
      return []
    }
    const bench = await startBench({ log: createMemoryLog(), engine })
    await bench.store(span('o1'), trace('t'), observation('o3'), score('s'))
    const tables = engine.queries.flatMap(({ parts }) => parts.join('').match(/SELECT \* FROM (\w+)/)?.[1] ?? [])
    expect(tables.sort()).toEqual(['observations', 'scores', 'traces'])
    await bench.stop()
  })

  test('the series of a point is stored before it', async () => {
    const { engine, bench } = await open()
    await bench.store(metrics([1]))
    expect(engine.inserts.map((insert) => insert.table)).toEqual(['metric_series', 'metric_points'])
    await bench.stop()
  })

  test('a series is stored with its first point only', async () => {
    const { engine, bench } = await open()
    await bench.store(metrics([1, 2]))
    await bench.store(metrics([3]))
    expect(engine.rowsOf('metric_series')).toHaveLength(1)
    expect(engine.rowsOf('metric_points')).toHaveLength(3)
    await bench.stop()
  })

  test('what arrives during a flush shares the next one', async () => {
    const { engine, bench } = await open()
    await Promise.all(Array.from({ length: 200 }, (_, n) => bench.append(span(`o${n}`, { traceId: traceId(`t${n}`) }))))
    await bench.caughtUp()
    expect(engine.rowsOf('observations')).toHaveLength(200)
    expect(engine.attempts).toBeLessThan(10)
    await bench.stop()
  })

  test('a result that is too large is asked for in parts', async () => {
    const { engine, bench } = await open()
    const query = engine.query
    engine.query = async (statement) => {
      const rows = await query(statement)
      if (
        statement.parts.some((part) => typeof part !== 'string' && Array.isArray(part.value) && part.value.length > 2)
      ) {
        throw new AppError('result_too_large')
      }
      return rows
    }
    await bench.store(trace('a'), trace('b'), trace('c'), trace('d'), trace('e'))
    expect(idsOf(engine.rowsOf('traces'))).toEqual(['a', 'b', 'c', 'd', 'e'])
    await bench.stop()
  })

  test('a log damaged up to its end is stepped over', async () => {
    const engine = createFakeEngine()
    const memory = createMemoryLog()
    const log: EventLog = { ...memory, read: async function* () {} }
    const bench = await startBench({ log, engine })
    await bench.store(span('unreadable'))
    await expect.poll(() => log.committed(0), PATIENCE).toBe(log.head(0))
    await bench.stop()
  })
})
