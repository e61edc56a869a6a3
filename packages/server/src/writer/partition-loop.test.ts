import { expect, test } from 'vitest'
import { createMemoryLog } from '#eventlog/memory-log.ts'
import { createReadBarrier } from '#eventlog/read-barrier.ts'
import { silentLogger } from '#telemetry/logger.ts'
import { PartitionLoop, type PartitionLoopOptions } from './partition-loop.ts'

const LOADED = 20

const loopOver = (options: Pick<PartitionLoopOptions, 'log' | 'barrier'> & Partial<PartitionLoopOptions>) =>
  new PartitionLoop({
    partition: 0,
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
    pause: async () => {},
    ...options,
  })

test('a wait that fails leaves no timer and no listener behind', async () => {
  const log = createMemoryLog()
  const waits: AbortSignal[] = []
  const loop = loopOver({
    log: {
      ...log,
      waitBeyond: async () => {
        throw new Error('closed')
      },
    },
    barrier: createReadBarrier(log),
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

test('a read whose time is over while its record is being delivered waits for that', async () => {
  const log = createMemoryLog()
  const barrier = createReadBarrier(log)
  const impatient = createReadBarrier(log)
  const reads: Promise<number>[] = []
  const loop = loopOver({
    log,
    barrier,
    flush: {
      prepare: async () => ({
        async deliver() {
          reads.push(barrier.caughtUp(1))
          // Nobody tells this one what is taken: once it gives up, the other's time is over too.
          await impatient.caughtUp(1)
          return true
        },
      }),
      forget: () => {},
      learnIds: async () => {},
    },
  })
  await log.append([{ key: 'p', payload: new Uint8Array(1) }])
  await loop.flushNext()
  expect(await Promise.all(reads)).toEqual([0])
})
