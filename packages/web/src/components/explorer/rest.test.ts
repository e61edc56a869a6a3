import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createRest, type Rest } from './rest.ts'

type Place = { readonly id: string }
const [A, B, C, D] = [{ id: 'a' }, { id: 'b' }, { id: 'c' }, { id: 'd' }]

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test.each<[name: string, stay: (rest: Rest<Place>) => void, done: readonly string[]]>([
  ['begins where one stays', (rest) => rest.at([A]), ['begin a']],
  [
    'does nothing where one passes by',
    (rest) => {
      rest.at([A])
      vi.advanceTimersByTime(99)
      rest.at([B])
    },
    ['begin b'],
  ],
  [
    'is not begun anew by staying',
    (rest) => {
      rest.at([A])
      vi.advanceTimersByTime(60)
      rest.at([{ ...A }])
      vi.advanceTimersByTime(60)
      rest.at([A])
    },
    ['begin a'],
  ],
  [
    'is left when one goes on',
    (rest) => {
      rest.at([A])
      vi.advanceTimersByTime(100)
      rest.at([B])
    },
    ['begin a', 'leave a', 'begin b'],
  ],
  [
    'is left once',
    (rest) => {
      rest.at([A])
      vi.advanceTimersByTime(100)
      rest.at([])
      rest.at([B])
      rest.at([])
    },
    ['begin a', 'leave a'],
  ],
  ['begins all that is near', (rest) => rest.at([B, A, C]), ['begin b', 'begin a', 'begin c']],
  [
    'leaves what is no longer near, and goes on with the others',
    (rest) => {
      rest.at([B, A, C])
      vi.advanceTimersByTime(100)
      rest.at([C, B, D])
    },
    ['begin b', 'begin a', 'begin c', 'leave a', 'begin d'],
  ],
  [
    'begins anew what was left',
    (rest) => {
      rest.at([A])
      vi.advanceTimersByTime(100)
      rest.at([])
      rest.at([A])
    },
    ['begin a', 'leave a', 'begin a'],
  ],
  [
    'goes on when the list is left',
    (rest) => {
      rest.at([A])
      vi.advanceTimersByTime(100)
      rest.end()
    },
    ['begin a'],
  ],
  [
    'is not begun after the list was left',
    (rest) => {
      rest.at([A])
      rest.end()
    },
    [],
  ],
])('%s', (_, stay, done) => {
  const got: string[] = []
  const rest = createRest<Place>(async ({ id }, signal) => {
    got.push(`begin ${id}`)
    signal.addEventListener('abort', () => got.push(`leave ${id}`))
  })
  stay(rest)
  vi.advanceTimersByTime(1000)
  expect(got).toEqual(done)
})

test('what fails is begun anew by coming back', async () => {
  const got: string[] = []
  const rest = createRest<Place>(async ({ id }) => {
    got.push(id)
    throw new Error('The script did not come.')
  })
  for (const places of [[A], [], [A]]) {
    rest.at(places)
    await vi.advanceTimersByTimeAsync(100)
  }
  expect(got).toEqual(['a', 'a'])
})
