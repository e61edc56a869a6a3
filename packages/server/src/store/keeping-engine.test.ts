import { describe, expect, test } from 'vitest'
import { AppError } from '#domain/errors.ts'
import type { TimeSpan } from './day-spans.ts'
import type { Engine, Row } from './engine.ts'
import { keepingEngine } from './keeping-engine.ts'
import type { DayQuestion } from './kept-days.ts'

const DAY_NS = 86_400_000_000_000n
const QUESTION: DayQuestion = { table: 'traces', projectId: 'p', key: 'count' }
const ALL: TimeSpan = { from: undefined, to: undefined }
const span = (from: number, to: number): TimeSpan => ({ from: BigInt(from) * DAY_NS, to: BigInt(to) * DAY_NS })
/** Rows of the tenth and eleventh day since the epoch, and so on. */
const trace = (...days: number[]) => days.map((day) => ({ project_id: 'p', timestamp: BigInt(day) * DAY_NS + 1n }))

/** An engine that takes everything, and whose mutations are as many as the test says. */
function open() {
  const store = { mutations: 0, isRefusing: false }
  const engine: Engine = {
    query: async () => [{ mutations: String(store.mutations) }],
    insert: async () => {
      if (store.isRefusing) throw new AppError('unavailable')
    },
    pack: (_table, row) => row,
    // biome-ignore lint/correctness/useYield: nothing is exported here
    async *stream() {
      throw new AppError('internal')
    },
    command: async () => undefined,
    ping: async () => undefined,
    close: async () => undefined,
  }
  const keeping = keepingEngine(engine)
  const loads: (readonly TimeSpan[])[] = []
  const ask = async (of: TimeSpan = ALL, { question = QUESTION, meanwhile = async () => {} } = {}) => {
    const load = async (spans: readonly TimeSpan[]): Promise<Row[]> => {
      loads.push(spans)
      await meanwhile()
      return [10, 11, 12].map((day) => ({ day, asked: loads.length })).filter(({ day }) => isIn(day, spans))
    }
    const rows = (await keeping.keptDays?.find(question, of, load)) ?? []
    return new Map(rows.map((row) => [row['day'], row['asked']]))
  }
  return { store, keeping, ask, loads }
}

const isIn = (day: number, spans: readonly TimeSpan[]) =>
  spans.some(({ from = 0n, to = 1000n * DAY_NS }) => BigInt(day) * DAY_NS >= from && BigInt(day) * DAY_NS < to)

describe('what is read again', () => {
  test('nothing, when nothing was written', async () => {
    const { ask, loads } = open()
    const first = await ask()
    expect(await ask()).toEqual(first)
    expect(loads).toEqual([[ALL]])
  })

  test('the days that were written to, of the project and table that was', async () => {
    const { keeping, ask, loads } = open()
    await ask()
    await ask(ALL, { question: { ...QUESTION, projectId: 'other' } })
    await keeping.insert('traces', trace(11, 11, 20), 'a')
    await keeping.insert('scores', trace(12), 'b')
    await keeping.insert('metric_points', trace(12), 'c')
    expect(await ask()).toEqual(
      new Map([
        [10, 1],
        [12, 1],
        [11, 3],
      ]),
    )
    await ask(ALL, { question: { ...QUESTION, projectId: 'other' } })
    expect(loads.slice(2)).toEqual([[span(11, 12), span(20, 21)]])
  })

  test('the ends of a span within a day, and days not asked for before', async () => {
    const { ask, loads } = open()
    await ask(span(10, 12))
    const from = 10n * DAY_NS + 5n
    expect(await ask({ from, to: 13n * DAY_NS })).toEqual(
      new Map([
        [11, 1],
        [12, 2],
      ]),
    )
    expect(loads[1]).toEqual([span(12, 13), { from, to: 11n * DAY_NS }])
  })

  test('a day that an insert failed on: the rows may be there', async () => {
    const { store, keeping, ask, loads } = open()
    await ask()
    store.isRefusing = true
    await expect(keeping.insert('traces', trace(11), 'a')).rejects.toThrow()
    await ask()
    expect(loads[1]).toEqual([span(11, 12)])
  })

  test('a day that was written to while it was read', async () => {
    const { keeping, ask, loads } = open()
    await ask(ALL, { meanwhile: () => keeping.insert('traces', trace(11), 'a') })
    await ask()
    await ask()
    expect(loads).toEqual([[ALL], [span(11, 12)]])
  })

  test.each([
    ['everything, after a command', 'DROP PART', [[ALL], [ALL]]],
    [
      'nothing, after words were indexed',
      "ALTER TABLE observations MATERIALIZE INDEX a IN PARTITION ID '202601', MATERIALIZE INDEX b IN PARTITION ID '202601' SETTINGS mutations_sync = 0",
      [[ALL]],
    ],
    [
      'everything, after an index was made and rows were taken',
      'ALTER TABLE observations MATERIALIZE INDEX a, DELETE WHERE 1 SETTINGS mutations_sync = 0',
      [[ALL], [ALL]],
    ],
  ])('%s', async (_name, command, expected) => {
    const { keeping, ask, loads } = open()
    await ask()
    await keeping.command(command)
    await ask()
    await ask()
    expect(loads).toEqual(expected)
  })

  test('everything each time while a mutation is under way, and once after it', async () => {
    const { store, keeping, ask, loads } = open()
    await ask()
    store.mutations = 1
    await keeping.command('ALTER TABLE traces DELETE WHERE 1 SETTINGS mutations_sync = 0')
    await ask()
    await ask()
    store.mutations = 0
    await ask()
    await ask()
    expect(loads).toHaveLength(4)
  })

  test('a whole question, after any write to the table', async () => {
    const { keeping } = open()
    let loads = 0
    const ask = () =>
      keeping.keptDays?.findWhole(QUESTION, async () => {
        loads++
        return [{ loads }]
      })
    expect([await ask(), await ask()]).toEqual([[{ loads: 1 }], [{ loads: 1 }]])
    await keeping.insert('observations', [{ project_id: 'p', start_time: 10n * DAY_NS }], 'a')
    expect(await ask()).toEqual([{ loads: 1 }])
    await keeping.insert('traces', trace(11), 'b')
    expect(await ask()).toEqual([{ loads: 2 }])
  })
})
