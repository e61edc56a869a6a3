import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { AppError } from '#domain/errors.ts'
import { groupBy } from '#lib/group.ts'
import { DAY_NS, MINUTE_NS, type TimeSpan } from './day-spans.ts'
import { createKeptDays, type DayQuestion, type KeptBounds, type LoadDays } from './kept-days.ts'
import { type Unit, WIDTHS } from './kept-units.ts'
import { createWrittenDays } from './written-days.ts'

const ALL: TimeSpan = { from: undefined, to: undefined }
const question = (key: string): DayQuestion => ({
  table: 'traces',
  projectId: 'p',
  key,
  figures: { by: [], columns: { rows: 'sum' } },
})

/** What is kept within bounds, and the keys that were loaded so far; each question has three rows. */
function open(bounds: KeptBounds) {
  const kept = createKeptDays({ written: createWrittenDays(), isSettled: async () => true, ...bounds })
  const loaded: string[] = []
  const loading = (key: string) => async () => {
    loaded.push(key)
    return [1, 2, 3].map((day) => ({ day, rows: 1 }))
  }
  return {
    loaded,
    byDay: (key: string) => kept.find(question(key), ALL, loading(key)),
    whole: (key: string) => kept.findWhole(question(key), loading(key)),
  }
}

describe('the question asked longest ago goes first', () => {
  test.each([
    ['past as many rows', { maxRows: 6 }, 'byDay'],
    ['past as many questions', { maxQuestions: 2 }, 'byDay'],
    ['past as many questions over all days', { maxQuestions: 2 }, 'whole'],
  ] as const)('%s', async (_, bounds, of) => {
    const { [of]: ask, loaded } = open(bounds)
    for (const key of ['a', 'b', 'a', 'c', 'a', 'b']) await ask(key)
    expect(loaded).toEqual(['a', 'b', 'c', 'b'])
  })
})

/** Minutes since the epoch: of 36 days every tenth, of the first hour all. */
const MINUTES = Array.from({ length: 36 * 1440 }, (_, minute) => minute).filter((of) => of < 60 || of % 10 === 0)
const timeOf = (minute: number) => BigInt(minute) * MINUTE_NS

interface MinutesOptions extends KeptBounds {
  /** Those with a row. */
  readonly minutes?: readonly number[]
  /** Throws where the store is to refuse. */
  readonly refuse?: (unit: Unit) => void
}

/** How many rows there are, as told from what is kept and as they are, and what was loaded so far. */
function openMinutes({ minutes: filled = MINUTES, refuse = () => {}, ...bounds }: MinutesOptions = {}) {
  const stored = new Map(filled.map((minute) => [minute, 1]))
  const written = createWrittenDays()
  const kept = createKeptDays({ written, isSettled: async () => true, ...bounds })
  const loads: [Unit, readonly TimeSpan[]][] = []
  const within = (spans: readonly TimeSpan[]) => [...stored].filter(([minute]) => isIn(timeOf(minute), spans))
  const load: LoadDays = async (unit, spans) => {
    loads.push([unit, spans])
    refuse(unit)
    const units = groupBy(within(spans), ([minute]) => Number(timeOf(minute) / WIDTHS[unit]))
    return [...units].map(([one, minutes]) => ({
      day: Number((BigInt(one) * WIDTHS[unit]) / DAY_NS),
      unit: one,
      rows: sumOf(minutes),
    }))
  }
  return {
    loads,
    async count(span = ALL) {
      const rows = await kept.find(question('count'), span, load)
      return rows.reduce((sum, row) => sum + Number(row['rows']), 0)
    },
    total: (span = ALL) => sumOf(within([span])),
    /** One row more in each of the minutes. */
    write(minutes: readonly number[]) {
      for (const minute of minutes) stored.set(minute, (stored.get(minute) ?? 0) + 1)
      written.note(
        'traces',
        minutes.map((minute) => ({ project_id: 'p', timestamp: timeOf(minute) })),
      )
    },
  }
}

const sumOf = (minutes: readonly (readonly [minute: number, rows: number])[]) =>
  minutes.reduce((sum, [, rows]) => sum + rows, 0)

const isIn = (time: bigint, spans: readonly TimeSpan[]) =>
  spans.some(({ from = time, to = time + 1n }) => time >= from && time < to)

const separate = (width: number) => Array.from({ length: 18 }, (_, index) => 2 * index * width)

describe('each row counts once and few spans are read, however many separate times were written to', () => {
  const [minutes, hours, days] = [separate(1), separate(60), separate(1440)]
  test.each<[string, { writes: number[][]; loads: Unit[] }]>([
    ['minutes of an hour', { writes: [[0], [0], minutes], loads: ['day', 'hour', 'minute', 'minute'] }],
    ['hours, then a minute of each', { writes: [hours, hours, hours], loads: ['day', 'hour', 'hour', 'hour'] }],
    ['days, then an hour of each', { writes: [days, days], loads: ['day', 'day', 'day'] }],
  ])('%s', async (_, { writes, loads: expected }) => {
    const { count, total, write, loads } = openMinutes()
    await count()
    for (const written of writes) {
      write(written)
      expect(await count()).toBe(total())
    }
    expect(loads.map(([unit]) => unit)).toEqual(expected)
    expect(Math.max(...loads.map(([, spans]) => spans.length))).toBe(16)
  })

  test('whatever is written and asked', async () => {
    const minute = fc.oneof(fc.integer({ min: 0, max: 3 * 1440 }), fc.integer({ min: 30, max: 200 }))
    const instant = fc.tuple(minute, fc.constantFrom(0n, 1n)).map(([of, beyond]) => timeOf(of) + beyond)
    const span = fc.record({ from: fc.option(instant, { nil: undefined }), to: fc.option(instant, { nil: undefined }) })
    const round = fc.tuple(fc.array(minute, { maxLength: 40 }), span)
    await fc.assert(
      fc.asyncProperty(fc.array(round, { maxLength: 15 }), async (rounds) => {
        const minutes = Array.from({ length: 3 * 144 }, (_, index) => index * 10)
        const { count, total, write, loads } = openMinutes({ minutes, restedFor: 2 })
        for (const [written, of] of rounds) {
          write(written)
          expect(await count(of)).toBe(total(of))
        }
        // Parts of a minute at either end come on top.
        expect(loads.filter(([, spans]) => spans.length > 18)).toEqual([])
      }),
      { numRuns: 40 },
    )
  })
})

test('a day that was not written to for long is one again', async () => {
  const { count, total, write, loads } = openMinutes({ restedFor: 1 })
  await count()
  write([0])
  for (let times = 0; times < 24; times++) await count()
  expect(loads.map(([unit]) => unit)).toEqual(['day', 'hour'])
  expect(await count()).toBe(total())
  write([1])
  expect(await count()).toBe(total())
  const day = { from: 0n, to: DAY_NS }
  expect(loads.slice(1)).toEqual([
    ['hour', [day]],
    ['day', [day]],
    ['hour', [day]],
  ])
})

describe('where parts of days are too much', () => {
  const refusing = (code: 'result_too_large' | 'query_too_heavy') => (unit: Unit) => {
    if (unit !== 'day') throw new AppError(code)
  }

  test('days are read as such from then on, and kept', async () => {
    const { count, total, write, loads } = openMinutes({ refuse: refusing('result_too_large') })
    await count()
    write([0])
    expect(await count()).toBe(total())
    write([0])
    expect(await count()).toBe(total())
    const ofDays = loads.filter(([unit]) => unit === 'day').map(([, spans]) => spans)
    expect(ofDays).toEqual([[ALL], [ALL], [{ from: 0n, to: DAY_NS }]])
    const part = { from: 0n, to: timeOf(20) }
    expect(await count(part)).toBe(total(part))
    expect(loads.at(-1)).toEqual(['day', [part]])
  })

  test('to keep, days are kept alone', async () => {
    const { count, total, write, loads } = openMinutes({ maxRows: 50 })
    await count()
    for (let times = 0; times < 3; times++) {
      write([0])
      expect(await count()).toBe(total())
    }
    const day = { from: 0n, to: DAY_NS }
    expect(loads).toEqual([
      ['day', [ALL]],
      ['hour', [day]],
      ['day', [ALL]],
      ['day', [day]],
    ])
  })

  test('what takes too long is not tried in another way', async () => {
    const { count, write, loads } = openMinutes({ refuse: refusing('query_too_heavy') })
    await count()
    write([0])
    await expect(count()).rejects.toThrow()
    expect(loads.map(([unit]) => unit)).toEqual(['day', 'hour'])
  })
})
