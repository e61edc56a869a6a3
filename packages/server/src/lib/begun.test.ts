import { expect, test } from 'vitest'
import { begun } from './begun.ts'

function source(count: number) {
  const state = { isEnded: false }
  async function* pieces() {
    try {
      for (let piece = 1; piece <= count; piece++) yield piece
    } finally {
      state.isEnded = true
    }
  }
  return { state, pieces: pieces() }
}

const all = async (pieces: AsyncIterable<number>) => {
  const found: number[] = []
  for await (const piece of pieces) found.push(piece)
  return found
}

test.each([[0], [1], [3]])('gives all of %i pieces', async (count) => {
  const { pieces } = source(count)
  expect(await all(await begun(pieces))).toEqual([1, 2, 3].slice(0, count))
})

test('fails at once with a first piece that fails', async () => {
  const failing = { [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(new Error('nothing')) }) }
  await expect(begun(failing)).rejects.toThrow('nothing')
})

test('ends the source when nothing is read', async () => {
  const { pieces, state } = source(3)
  await ReadableStream.from(await begun(pieces)).cancel()
  expect(state.isEnded).toBe(true)
})
