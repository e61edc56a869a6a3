import { describe, expect, test } from 'vitest'
import { AppError } from '#domain/errors.ts'
import { DAY_NS, HOUR_NS, MINUTE_NS, type TimeSpan } from './day-spans.ts'
import type { Engine, Row } from './engine.ts'
import { keepingEngine } from './keeping-engine.ts'
import type { DayQuestion, KeptBounds } from './kept-days.ts'
import { type Unit, WIDTHS } from './kept-units.ts'

const QUESTION: DayQuestion = {
  table: 'traces',
  projectId: 'p',
  key: 'count',
  figures: { by: [], columns: { asked: 'sum' } },
}
const ALL: TimeSpan = { from: undefined, to: undefined }
const span = (from: number, to: number): TimeSpan => ({ from: BigInt(from) * DAY_NS, to: BigInt(to) * DAY_NS })
/** Rows of the tenth and eleventh day since the epoch, and so on. */
const trace = (...days: number[]) => days.map((day) => ({ project_id: 'p', timestamp: BigInt(day) * DAY_NS + 1n }))

/** An engine that takes everything, and whose mutations are as many as the test says. */
function open(bounds: KeptBounds = {}) {
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
  const keeping = keepingEngine(engine, bounds)
  const loads: [Unit, readonly TimeSpan[]][] = []
  const ask = async (of: TimeSpan = ALL, { question = QUESTION, meanwhile = async () => {} } = {}) => {
    const load = async (unit: Unit, spans: readonly TimeSpan[]): Promise<Row[]> => {
      const asked = loads.push([unit, spans])
      await meanwhile()
      const days = [10, 11, 12].filter((day) => isIn(day, spans))
      return days.map((day) => ({ day, unit: Number((BigInt(day) * DAY_NS) / WIDTHS[unit]), asked }))
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
    expect(loads).toEqual([['day', [ALL]]])
  })

  test('the days that were written to, of the project and table that was, by hours', async () => {
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
    expect(loads.slice(2)).toEqual([['hour', [span(11, 12), span(20, 21)]]])
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
    const [hour, minute] = [10n * DAY_NS + HOUR_NS, 10n * DAY_NS + MINUTE_NS]
    const edge = { from, to: minute }
    expect(loads.slice(1)).toEqual([
      ['day', [span(12, 13)]],
      ['hour', [{ from: hour, to: 11n * DAY_NS }]],
      ['minute', [{ from: minute, to: hour }, edge]],
    ])
    await ask({ from, to: 13n * DAY_NS })
    expect(loads.slice(4)).toEqual([['minute', [edge]]])
  })

  test('the minute that was written to, of an hour of a day that were so before', async () => {
    const { keeping, ask, loads } = open()
    const write = () => keeping.insert('traces', trace(11), 'a')
    for (let times = 0; times < 4; times++) {
      await ask()
      await write()
    }
    expect(await ask()).toEqual(
      new Map([
        [10, 1],
        [12, 1],
        [11, 5],
      ]),
    )
    const [hour, minute] = [HOUR_NS, MINUTE_NS].map((width) => ({ from: 11n * DAY_NS, to: 11n * DAY_NS + width }))
    expect(loads).toEqual([
      ['day', [ALL]],
      ['hour', [span(11, 12)]],
      ['minute', [hour]],
      ['minute', [minute]],
      ['minute', [minute]],
    ])
  })

  test('an hour that rested, as one', async () => {
    const { keeping, ask, loads } = open({ restedFor: 2 })
    for (let times = 0; times < 3; times++) {
      await ask()
      await keeping.insert('traces', trace(11), 'a')
    }
    for (let times = 0; times < 3; times++) await ask()
    expect((await ask()).get(11)).toBe(4)
    await keeping.insert('traces', trace(11), 'a')
    await ask()
    const hour = { from: 11n * DAY_NS, to: 11n * DAY_NS + HOUR_NS }
    expect(loads.slice(2)).toEqual([
      ['minute', [hour]],
      ['minute', [{ ...hour, to: 11n * DAY_NS + MINUTE_NS }]],
      ['minute', [hour]],
    ])
  })

  test('a day that an insert failed on: the rows may be there', async () => {
    const { store, keeping, ask, loads } = open()
    await ask()
    store.isRefusing = true
    await expect(keeping.insert('traces', trace(11), 'a')).rejects.toThrow()
    await ask()
    expect(loads[1]).toEqual(['hour', [span(11, 12)]])
  })

  test('a day that was written to while it was read', async () => {
    const { keeping, ask, loads } = open()
    await ask(ALL, { meanwhile: () => keeping.insert('traces', trace(11), 'a') })
    await ask()
    await ask()
    expect(loads).toEqual([
      ['day', [ALL]],
      ['day', [span(11, 12)]],
    ])
  })

  test.each([
    ['everything, after a command', 'DROP PART', 2],
    [
      'nothing, after words were indexed',
      "ALTER TABLE observations MATERIALIZE INDEX a IN PARTITION ID '202601', MATERIALIZE INDEX b IN PARTITION ID '202601' SETTINGS mutations_sync = 0",
      1,
    ],
    [
      'everything, after an index was made and rows were taken',
      'ALTER TABLE observations MATERIALIZE INDEX a, DELETE WHERE 1 SETTINGS mutations_sync = 0',
      2,
    ],
  ])('%s', async (_name, command, expected) => {
    const { keeping, ask, loads } = open()
    await ask()
    await keeping.command(command)
    await ask()
    await ask()
    expect(loads).toEqual(Array.from({ length: expected }, () => ['day', [ALL]]))
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
