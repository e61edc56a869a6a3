/**
 * The program that crash.test.ts kills: a log, a writer and an engine in the folder given as first
 * argument, and eight clients who append without pause. A line `round-number` on standard output
 * is an acknowledgement.
 */
import { writeSync } from 'node:fs'
import { join } from 'node:path'
import { createReadBarrier } from '#eventlog/read-barrier.ts'
import { openSegmentLog } from '#eventlog/segment-log.ts'
import { acceptInto } from '#ingest/accept.ts'
import { openChdb } from '#store/chdb.ts'
import { migrate } from '#store/migrate.ts'
import { silentLogger } from '#telemetry/logger.ts'
import { nopMetrics } from '#telemetry/metrics.ts'
import { startWriter } from '#writer/writer.ts'
import { metrics, observation, span, T0, trace } from '../writer/bench.ts'

const CLIENTS = 8

/** Opens everything in one folder; the same call serves the killed program and the check afterwards. */
export async function openAll(dir: string) {
  const engine = await openChdb({
    path: join(dir, 'store'),
    memoryBytes: 1_000_000_000,
    queryConnections: 1,
    maxQuerySeconds: 20,
    maxQueryMemoryBytes: 500_000_000,
    logger: silentLogger,
  })
  await migrate(engine)
  const log = await openSegmentLog({
    dir: join(dir, 'log'),
    maxBytes: 100_000_000,
    segmentBytes: 50_000,
    sync: 'always',
    syncIntervalMs: 100,
    logger: silentLogger,
  })
  const barrier = createReadBarrier(log)
  const writer = startWriter({
    log,
    engine,
    barrier,
    models: { find: async () => undefined, byId: async () => undefined },
    prompts: { find: async () => undefined },
    tokens: { count: () => undefined },
    logger: silentLogger,
    metrics: nopMetrics,
    deadLetterDir: join(dir, 'dead'),
  })
  return { engine, log, barrier, writer }
}

/** What one request says: a span whole, an observation in two parts, a point, and a tag on a trace that all share. */
export function requestOf(round: number, number: number) {
  const name = `${round}-${number}`
  return [
    span(`span-${name}`),
    observation(`call-${name}`, { input: name }),
    observation(`call-${name}`, { at: T0 + 1, isUpdate: true, output: name }),
    metrics([round * 1_000_000 + number]),
    trace('shared', { at: T0 + number, tags: [name] }),
  ]
}

async function client(accept: ReturnType<typeof acceptInto>, round: number, first: number): Promise<never> {
  for (let number = first; ; number += CLIENTS) {
    await accept(requestOf(round, number))
    writeSync(1, `${round}-${number}\n`)
  }
}

const [, , dir, round] = process.argv
if (dir !== undefined && round !== undefined) {
  const { log } = await openAll(dir)
  const accept = acceptInto(log)
  await Promise.all(Array.from({ length: CLIENTS }, (_, first) => client(accept, Number(round), first)))
}
