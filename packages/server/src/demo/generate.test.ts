import { describe, expect, test } from 'vitest'
import { generateDemo } from './generate.ts'

const END = Date.UTC(2026, 0, 10)
const WEEK_MS = 7 * 24 * 60 * 60 * 1000
const options = { seed: 1, observations: 500, endMs: END, hugeTrace: 0 }

/** Every instant in a request, whatever its spelling. */
function instantsOf(body: object): number[] {
  const text = JSON.stringify(body)
  const nanos = [...text.matchAll(/UnixNano":"(\d+)"/g)].map(([, digits]) => Number(digits) / 1e6)
  const iso = [...text.matchAll(/"(\d{4}-\d\d-\d\dT[^"\\]+Z)"/g)].map(([, instant]) => Date.parse(instant ?? ''))
  return [...nanos, ...iso]
}

describe('the demo', () => {
  test('is the same for the same seed, and another for another', () => {
    const print = (seed: number) => JSON.stringify([...generateDemo({ ...options, seed })])
    expect(print(1)).toBe(print(1))
    expect(print(1)).not.toBe(print(2))
  })

  test('has as many observations as asked for, and metrics', () => {
    const requests = [...generateDemo(options)]
    const made = requests.reduce((sum, { observations }) => sum + observations, 0)
    expect(made).toBeGreaterThanOrEqual(500)
    expect(made).toBeLessThan(600)
    expect(new Set(requests.map(({ to }) => to))).toEqual(new Set(['otlp', 'ingestion', 'metrics']))
  })

  test('lies within the week', () => {
    const instants = [...generateDemo(options)].flatMap(({ body }) => instantsOf(body))
    expect(instants.length).toBeGreaterThan(1000)
    expect(Math.min(...instants)).toBeGreaterThanOrEqual(END - WEEK_MS - 120_000)
    expect(Math.max(...instants)).toBeLessThan(END + 60 * 60_000)
  })

  test('has one trace as large as asked for', () => {
    const huge = [...generateDemo({ ...options, observations: 0, hugeTrace: 2500 })].filter(({ to }) => to === 'otlp')
    expect(huge.map(({ observations }) => observations)).toEqual([1000, 1000, 500])
    const ids = new Set([...JSON.stringify(huge).matchAll(/"spanId":"(\w+)"/g)].map(([, id]) => id))
    expect(ids.size).toBe(2500)
  })
})
