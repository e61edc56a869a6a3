/**
 * Fills a data folder with rows, for the bench of questions; xtrace can then be started on it.
 *   npx tsx bench/seed.ts <folder> [observations] [payload bytes] [observations a day]
 * 100 000 rows a second and more. The newest row is the start of this hour.
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Engine } from '../packages/server/src/store/engine.ts'
import { sql } from '../packages/server/src/store/sql.ts'
import { openBenchEngine } from './engine/open.ts'
import { corpus } from './lib/corpus.ts'
import {
  OBSERVATIONS_PER_TRACE,
  type SeedOptions,
  seedMetrics,
  seedObservations,
  seedScores,
  seedTraces,
} from './lib/seed-sql.ts'

const CORPUS_BYTES = 4 * 1024 * 1024
const CHUNK = 200_000
const HOUR_SECONDS = 3600
const SETTLE_WITHIN_MS = 600_000

const [folder, observations = '1000000', payloadBytes = '1024', observationsPerDay = '33333'] = process.argv.slice(2)
if (folder === undefined) throw new Error('npx tsx bench/seed.ts <folder> [observations] [payload bytes] [a day]')
const options: SeedOptions = {
  observations: Number(observations),
  payloadBytes: Number(payloadBytes),
  observationsPerDay: Number(observationsPerDay),
  newest: Math.floor(Date.now() / 1000 / HOUR_SECONDS) * HOUR_SECONDS,
}

await mkdir(folder, { recursive: true })
const engine = await openBenchEngine(folder)
const begun = performance.now()
await fill(engine, options)
const seconds = (performance.now() - begun) / 1000
await settle(engine)
await engine.close()
await writeFile(join(folder, 'seed.json'), `${JSON.stringify(options)}\n`)
console.log(`${observations} observations in ${seconds.toFixed(0)} s`)

async function fill(store: Engine, seed: SeedOptions): Promise<void> {
  const text = corpus(CORPUS_BYTES)
  const traces = Math.ceil(seed.observations / OBSERVATIONS_PER_TRACE)
  for (const chunk of chunks(traces)) await store.command(seedTraces(seed, chunk, text))
  for (const chunk of chunks(seed.observations)) await store.command(seedObservations(seed, chunk, text))
  for (const chunk of chunks(Math.floor(traces / 10))) await store.command(seedScores(seed, chunk))
  for (const statement of seedMetrics(seed)) await store.command(statement)
}

function chunks(count: number): [number, number][] {
  return Array.from({ length: Math.ceil(count / CHUNK) }, (_, index) => [
    index * CHUNK,
    Math.min(count, (index + 1) * CHUNK),
  ])
}

/** Waits for the merges that the rows set off, as they would be long done in months of use. */
async function settle(store: Engine): Promise<void> {
  const deadline = performance.now() + SETTLE_WITHIN_MS
  for (let quiet = 0; quiet < 3 && performance.now() < deadline; ) {
    const [row] = await store.query(sql`SELECT count() AS merges FROM system.merges`)
    quiet = Number(row?.['merges']) === 0 ? quiet + 1 : 0
    await pause(500)
  }
}
