import { expect, test } from 'vitest'
import { createReadBarrier } from './read-barrier.ts'

const logAt = (head: number, committed: number, bytes = head - committed) => ({
  partitions: 1,
  head: () => head,
  committed: () => committed,
  backlogBytes: () => bytes,
})

test('a read passes at once when everything is stored', async () => {
  expect(await createReadBarrier(logAt(10, 10)).caughtUp(0)).toBe(0)
})

test('a read waits for the head as it stood', async () => {
  const barrier = createReadBarrier(logAt(10, 4))
  const waiting = barrier.caughtUp(10_000)
  barrier.stored(0, 7)
  barrier.stored(0, 10)
  expect(await waiting).toBe(0)
})

test('a read that waited long enough learns how far behind it is', async () => {
  const barrier = createReadBarrier(logAt(10, 4))
  barrier.stored(0, 7)
  expect(await barrier.caughtUp(1)).toBe(3)
})

test('counts bytes, not the leap that positions made when the log was opened', async () => {
  expect(await createReadBarrier(logAt(1_000_010, 4, 6)).caughtUp(1)).toBe(6)
})
