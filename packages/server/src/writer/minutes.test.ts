import { expect, test } from 'vitest'
import { createHashId } from './id-hash.ts'
import { createMinutes } from './minutes.ts'

const hashId = createHashId()
const KIB = 1024

test('knows the minute noted last, the first and the last one of time too', () => {
  const minutes = createMinutes(KIB)
  const newest = 2 ** 32 / 60
  for (const minute of [5, 0, Math.floor(newest), 7]) {
    minutes.set(hashId('a'), minute)
    expect(minutes.get(hashId('a'))).toBe(minute)
  }
  expect(minutes.get(hashId('b'))).toBeUndefined()
})

test('of more than it holds it knows the latest, and nothing false', () => {
  const minutes = createMinutes(64 * KIB)
  const held = (64 * KIB) / 8
  for (let number = 0; number < 10 * held; number++) minutes.set(hashId(`id-${number}`), number)
  const known = (from: number, to: number) => {
    const numbers = Array.from({ length: to - from }, (_, index) => from + index)
    const found = numbers.filter((number) => minutes.get(hashId(`id-${number}`)) !== undefined)
    expect(found.filter((number) => minutes.get(hashId(`id-${number}`)) !== number)).toEqual([])
    return found.length
  }
  expect(known(0, 5 * held)).toBeLessThan(held / 100)
  expect(known(9.75 * held, 10 * held)).toBeGreaterThan((held / 4) * 0.97)
})

test('one that is noted again and again stays, and pushes no other out', () => {
  const one = { murmur: 1, xx: 1 }
  const minutes = createMinutes(KIB)
  const others = [2, 3, 4].map((xx) => ({ murmur: 1, xx }))
  for (const other of others) minutes.set(other, other.xx)
  for (let minute = 0; minute < 10; minute++) minutes.set(one, minute)
  expect([one, ...others].map(minutes.get)).toEqual([9, 2, 3, 4])
})
