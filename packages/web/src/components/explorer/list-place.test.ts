import { QueryClient } from '@tanstack/react-query'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { keepPlace, type ListPlace, placeAt } from './list-place.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const MINUTE_MS = 60_000
const place = (scrollTop: number): ListPlace => ({
  focus: { row: 'a' },
  scrollTop,
  t: undefined,
  interval: { fromMs: 1, toMs: 2 },
})

test('a place is kept beside its entry of the history, however long one is away', () => {
  const client = new QueryClient({ defaultOptions: { queries: { gcTime: 5 * MINUTE_MS } } })
  keepPlace(client, 'one', place(100))
  vi.advanceTimersByTime(4 * MINUTE_MS)
  keepPlace(client, 'one', place(200))
  keepPlace(client, 'other', place(0))
  vi.advanceTimersByTime(24 * 60 * MINUTE_MS)
  expect([placeAt(client, 'one'), placeAt(client, 'other')]).toEqual([place(200), place(0)])
  expect(placeAt(client, 'none')).toBeUndefined()
})
