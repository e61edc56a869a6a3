/**
 * The program that faults.test.ts lets die: a log, a writer and an engine in the folder given as first
 * argument, and eight clients who append without pause, until the point of the third argument is passed
 * for the n-th time. A line `round-number` on standard output is an acknowledgement.
 */
import { writeSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { nodeDisk } from '#eventlog/disk.ts'
import { createReadBarrier } from '#eventlog/read-barrier.ts'
import { openSegmentLog } from '#eventlog/segment-log.ts'
import { acceptInto } from '#ingest/accept.ts'
import { openChdb } from '#store/chdb.ts'
import { migrate } from '#store/migrate.ts'
import { type Logger, silentLogger } from '#telemetry/logger.ts'
import { createMetrics } from '#telemetry/metrics.ts'
import { startWriter } from '#writer/writer.ts'
import { metrics, observation, score, span, T0, trace } from '../writer/bench.ts'
import { createFault, type Fault, faultyDisk, faultyEngine } from './fault-points.ts'

const CLIENTS = 8
const NO_FAULT = createFault('', 0)

/** Where the bundle of this file finds the tables; beside the module when absent. */
const { XTRACE_TEST_SCHEMA: SCHEMA } = process.env

/** Opens everything in one folder; the same call serves the program that dies and the check afterwards. */
export async function openAll(
  dir: string,
  { fault = NO_FAULT, logger = silentLogger }: { fault?: Fault; logger?: Logger } = {},
) {
  const real = await openChdb({
    path: join(dir, 'store'),
    memoryBytes: 1_000_000_000,
    queryConnections: 1,
    maxQuerySeconds: 20,
    maxQueryMemoryBytes: 500_000_000,
    logger: silentLogger,
  })
  await migrate(real, SCHEMA === undefined ? {} : { directory: pathToFileURL(SCHEMA) })
  const engine = faultyEngine(real, fault)
  const telemetry = createMetrics()
  const log = await openSegmentLog({
    dir: join(dir, 'log'),
    maxBytes: 100_000_000,
    segmentBytes: 20_000,
    sync: 'always',
    syncIntervalMs: 100,
    logger,
    metrics: telemetry,
    disk: faultyDisk(nodeDisk, fault),
  })
  const barrier = createReadBarrier(log)
  const writer = startWriter({
    log,
    engine,
    barrier,
    models: { find: async () => undefined, byId: async () => undefined },
    prompts: { find: async () => undefined },
    tokens: { count: () => undefined },
    logger,
    metrics: telemetry,
    deadLetterDir: join(dir, 'dead'),
  })
  return {
    engine,
    log,
    barrier,
    metrics: telemetry,
    async close() {
      await writer.stop()
      await log.close()
      await engine.close()
    },
  }
}

/** What one request says: a span whole, an observation in two parts, a point, and a tag on a trace that all share. */
export function requestOf(round: number, number: number) {
  const name = `${round}-${number}`
  return [
    span(`span-${name}`),
    observation(`call-${name}`, { input: name }),
    observation(`call-${name}`, { at: T0 + 1, isUpdate: true, output: name }),
    metrics([round * 1_000_000 + number]),
    score(`score-${name}`, { comment: name }),
    trace('shared', { at: T0 + number, tags: [name] }),
  ]
}

async function client(accept: ReturnType<typeof acceptInto>, round: number, first: number): Promise<never> {
  for (let number = first; ; number += CLIENTS) {
    await accept(requestOf(round, number))
    writeSync(1, `${round}-${number}\n`)
  }
}

const [, , dir, round, point, nth] = process.argv
if (dir !== undefined && round !== undefined && point !== undefined) {
  const { log } = await openAll(dir, { fault: createFault(point, Number(nth)) })
  const accept = acceptInto(log)
  await Promise.all(Array.from({ length: CLIENTS }, (_, first) => client(accept, Number(round), first)))
}
