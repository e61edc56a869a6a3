import { expect, test } from 'vitest'
import { createMemoryLog } from '#eventlog/memory-log.ts'
import { createReadBarrier } from '#eventlog/read-barrier.ts'
import { silentLogger } from '#telemetry/logger.ts'
import { PartitionLoop } from './partition-loop.ts'

const LOADED = 20

test('a wait that fails leaves no timer and no listener behind', async () => {
  const log = createMemoryLog()
  const waits: AbortSignal[] = []
  const barrier = createReadBarrier(log)
  const loop = new PartitionLoop({
    partition: 0,
    log: {
      ...log,
      waitBeyond: async () => {
        throw new Error('closed')
      },
    },
    barrier,
    flush: {
      prepare: async () => ({ deliver: async () => true }),
      forget: () => {},
      learnIds: async () => {},
    },
    writerMetrics: {
      stored: () => {},
      refused: () => {},
      discarded: () => {},
      flushed: () => {},
      retried: () => {},
    },
    logger: silentLogger,
    pause: (_ms, signal) => {
      if (!signal) return Promise.resolve()
      waits.push(signal)
      return new Promise(() => {})
    },
  })
  for (let i = 0; i < LOADED; i++) await log.append([{ key: 'p', payload: new Uint8Array(1) }])
  await loop.flushNext()
  await expect(loop.flushNext()).rejects.toThrow('closed')
  expect(waits.map(({ aborted }) => aborted)).toEqual([true])
})
