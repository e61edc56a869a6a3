import { describe, expect, test } from 'vitest'
import { AppError } from '#domain/errors.ts'
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
  /** Throws where the store is to refuse. */
  readonly refuse?: (unit: Unit) => void
}

/** How many rows there are, as told from what is kept and as they are, and what was loaded so far. */
function openMinutes({ refuse = () => {}, ...bounds }: MinutesOptions = {}) {
  const stored = new Map(MINUTES.map((minute) => [minute, 1]))
  const written = createWrittenDays()
  const kept = createKeptDays({ written, isSettled: async () => true, ...bounds })
  const loads: [Unit, readonly TimeSpan[]][] = []
  const within = (spans: readonly TimeSpan[]) => [...stored].filter(([minute]) => isIn(timeOf(minute), spans))
  const load: LoadDays = async (unit, spans) => {
    loads.push([unit, spans])
    refuse(unit)
    return within(spans).map(([minute, rows]) => ({
      day: Math.floor(minute / 1440),
      unit: Number(timeOf(minute) / WIDTHS[unit]),
      rows,
    }))
  }
  return {
    loads,
    async count(span = ALL) {
      const rows = await kept.find(question('count'), span, load)
      return rows.reduce((sum, row) => sum + Number(row['rows']), 0)
    },
    total: (span = ALL) => within([span]).reduce((sum, [, rows]) => sum + rows, 0),
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

const isIn = (time: bigint, spans: readonly TimeSpan[]) =>
  spans.some(({ from = time, to = time + 1n }) => time >= from && time < to)

const separate = (width: number) => Array.from({ length: 18 }, (_, index) => 2 * index * width)

describe('each row counts once, however many separate times were written to', () => {
  test.each<[string, number[][]]>([['minutes of an hour', [[0], [0], separate(1)]]])('%s', async (_, writes) => {
    const { count, total, write } = openMinutes()
    await count()
    for (const written of writes) {
      write(written)
      expect(await count()).toBe(total())
    }
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

  test('what takes too long is not tried in another way', async () => {
    const { count, write, loads } = openMinutes({ refuse: refusing('query_too_heavy') })
    await count()
    write([0])
    await expect(count()).rejects.toThrow()
    expect(loads.map(([unit]) => unit)).toEqual(['day', 'hour'])
  })
})
