import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createRest } from './rest.ts'

const [A, B] = [{ id: 'a' }, { id: 'b' }]

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function world() {
  const done: string[] = []
  const rest = createRest(({ id }: { readonly id: string }, signal) => {
    done.push(`begin ${id}`)
    signal.addEventListener('abort', () => done.push(`leave ${id}`))
  })
  return { rest, done }
}

test.each<[name: string, stay: (rest: ReturnType<typeof world>['rest']) => void, done: readonly string[]]>([
  ['begins where one stays', (rest) => rest.at(A), ['begin a']],
  [
    'does nothing where one passes by',
    (rest) => {
      rest.at(A)
      vi.advanceTimersByTime(99)
      rest.at(B)
    },
    ['begin b'],
  ],
  [
    'is not begun anew by staying',
    (rest) => {
      rest.at(A)
      vi.advanceTimersByTime(60)
      rest.at({ ...A })
      vi.advanceTimersByTime(60)
      rest.at(A)
    },
    ['begin a'],
  ],
  [
    'is left when one goes on',
    (rest) => {
      rest.at(A)
      vi.advanceTimersByTime(100)
      rest.at(B)
    },
    ['begin a', 'leave a', 'begin b'],
  ],
  [
    'is left once',
    (rest) => {
      rest.at(A)
      vi.advanceTimersByTime(100)
      rest.at(undefined)
      rest.at(B)
      rest.at(undefined)
    },
    ['begin a', 'leave a'],
  ],
  [
    'goes on when the list is left',
    (rest) => {
      rest.at(A)
      vi.advanceTimersByTime(100)
      rest.end()
    },
    ['begin a'],
  ],
  [
    'is not begun after the list was left',
    (rest) => {
      rest.at(A)
      rest.end()
    },
    [],
  ],
])('%s', (_, stay, done) => {
  const { rest, done: got } = world()
  stay(rest)
  vi.advanceTimersByTime(1000)
  expect(got).toEqual(done)
})
