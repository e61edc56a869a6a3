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

test('a read that waited long enough waits on where little is missing', async () => {
  const barrier = createReadBarrier(logAt(10, 4))
  const read = barrier.caughtUp(1)
  // Its time is over once another read, of the same patience, is told so.
  expect(await createReadBarrier(logAt(2 ** 24, 0)).caughtUp(1)).toBe(2 ** 24)
  barrier.stored(0, 10)
  expect(await read).toBe(0)
})

test('counts bytes, not the leap that positions made when the log was opened', async () => {
  expect(await createReadBarrier(logAt(1_000_010, 4, 6)).caughtUp(1)).toBe(6)
})

test('the writer learns that a read waits, of one there already and of the next', async () => {
  const barrier = createReadBarrier(logAt(10, 4))
  const { signal } = new AbortController()
  const noticed = barrier.awaited(0, signal)
  const read = barrier.caughtUp(10_000)
  await noticed
  await barrier.awaited(0, signal)
  barrier.stored(0, 10)
  expect(await read).toBe(0)
})

test('a read that has waited long enough waits no longer, whatever becomes of the store', async () => {
  const barrier = createReadBarrier(logAt(10, 4))
  await barrier.caughtUp(1)
  const over = new AbortController()
  const noticed = barrier.awaited(0, over.signal).then(() => over.signal.aborted)
  await Promise.resolve()
  over.abort()
  expect(await noticed).toBe(true)
})

test('nobody waits: the writer may stop asking', async () => {
  const over = new AbortController()
  const noticed = createReadBarrier(logAt(10, 4)).awaited(0, over.signal)
  over.abort()
  await expect(noticed).resolves.toBeUndefined()
})
