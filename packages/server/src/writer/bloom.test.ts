import { describe, expect, test } from 'vitest'
import { createBloom } from './bloom.ts'
import { createHashId } from './id-hash.ts'

const hashId = createHashId()
const keys = (count: number, prefix: string) => Array.from({ length: count }, (_, index) => `p\0${prefix}${index}`)

describe('hashId', () => {
  test.each([
    ['', 0, 0x02cc5d05],
    ['abc', 0xb3dd93fa, 0x32d153ff],
    ['Nobody inspects the spammish repetition', 824637155, 0xe2293b2f],
  ])('gives the known hashes of %j', (text, murmur, xx) => {
    expect(hashId(text)).toEqual({ murmur, xx })
  })
})

describe('a Bloom set', () => {
  test('knows what was added, and hardly anything else', () => {
    const bloom = createBloom(64 * 1024 * 1024)
    for (const key of keys(200_000, 'in')) bloom.add(hashId(key))
    expect(keys(200_000, 'in').every((key) => bloom.has(hashId(key)))).toBe(true)
    const mistaken = keys(50_000, 'out').filter((key) => bloom.has(hashId(key)))
    expect(mistaken.length).toBeLessThan(50)
  })

  test('stays within its bound and still never says no to what was added', () => {
    const bloom = createBloom(1024 * 1024)
    for (const key of keys(400_000, 'in')) bloom.add(hashId(key))
    expect(bloom.bytes).toBeLessThanOrEqual(1024 * 1024)
    expect(keys(400_000, 'in').every((key) => bloom.has(hashId(key)))).toBe(true)
  })
})
