import { expect, test } from 'vitest'
import { type Figures, finishFigures, HASH_BITS, mergeFigures } from './figures.ts'

const FIGURES: Figures = { by: ['model'], columns: { rows: 'sum', last: 'max', things: 'distinct' } }
const merged = (...rows: Parameters<typeof mergeFigures>[0]) => finishFigures(mergeFigures(rows, FIGURES), FIGURES)

test('figures of parts become those of their day, group by group', () => {
  expect(
    merged(
      { day: 1, unit: 24, model: 'a', rows: '2', last: '2026-01-02', things: ['2', ['5', '7']] },
      { day: 1, unit: 25, model: 'a', rows: '3', last: '2026-01-03', things: ['2', ['7', '9']] },
      { day: 1, unit: 25, model: 'b', rows: '1', last: '2026-01-01', things: ['1', ['7']] },
      { day: 2, unit: 48, model: 'a', rows: '1', last: '2026-01-01', things: ['1', ['7']] },
    ),
  ).toMatchObject([
    { day: 1, model: 'a', rows: 5, last: '2026-01-03', things: 3 },
    { day: 1, model: 'b', rows: 1, last: '2026-01-01', things: 1 },
    { day: 2, model: 'a', rows: 1, last: '2026-01-01', things: 1 },
  ])
})

/** Hashes of things from one on, spread as those of the engine are. */
const things = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => {
    const hash = BigInt.asUintN(64, BigInt(from + index) * 0x9e37_79b9_7f4a_7c15n)
    return Number(hash >> BigInt(64 - HASH_BITS))
  }).sort((one, other) => one - other)

const part = (unit: number, all: readonly number[], told = all.length) => ({
  day: 1,
  unit,
  model: 'a',
  rows: '1',
  last: '',
  things: [`${all.length}`, all.slice(0, told)],
})

test.each([
  ['all of which are told are counted', { told: 20_000, from: 10_000, to: 30_000, count: 30_000, off: 0 }],
  ['of which the least are told', { told: 4000, from: 10_000, to: 30_000, count: 30_000, off: 600 }],
  ['of which there are many', { told: 20_000, from: 20_000, to: 90_000, count: 90_000, off: 900 }],
] as const)('things %s', (_name, { told, from, to, count, off }) => {
  const [row] = merged(part(1, things(0, 20_000), told), part(2, things(from, to)))
  expect(Math.abs(Number(row?.['things']) - count)).toBeLessThanOrEqual(off)
})
