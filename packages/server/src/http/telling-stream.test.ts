import { describe, expect, test } from 'vitest'
import { tellingStream } from './telling-stream.ts'

describe('a stream that tells of its failure', () => {
  test('gives what came before it', async () => {
    async function* pieces() {
      yield 'a'
      throw new Error('the disk is gone')
    }
    const told: unknown[] = []
    const reader = tellingStream(ReadableStream.from(pieces()), (error) => told.push(error)).getReader()
    expect(await reader.read()).toEqual({ done: false, value: 'a' })
    await expect(reader.read()).rejects.toThrow('the disk is gone')
    expect(told).toEqual([new Error('the disk is gone')])
  })

  test('asks for nothing that nobody reads, and ends its source with its reader', async () => {
    const source = { asked: 0, isEnded: false }
    async function* pieces() {
      try {
        for (;;) yield ++source.asked
      } finally {
        source.isEnded = true
      }
    }
    const reader = tellingStream(ReadableStream.from(pieces()), () => {}).getReader()
    expect(source).toEqual({ asked: 0, isEnded: false })
    await reader.read()
    await reader.cancel()
    expect(source).toEqual({ asked: 1, isEnded: true })
  })
})
