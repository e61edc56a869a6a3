/** What the engine alone can take: the denominator of the ingest figures. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { loadOn } from '../targets/target.ts'
import { startXtrace } from '../targets/xtrace.ts'
import { inNewFolder } from './folders.ts'
import { runLoad } from './load.ts'
import { untilCounted } from './measure-ingest.ts'
import { runTsx } from './tsx-child.ts'

const ENGINE = join(import.meta.dirname, '..', 'engine')
const BLOCKS = 10
const FILL_SECONDS = 2
const BLOCK_BYTES = 24 * 1024 * 1024
const OBSERVATIONS_PER_TRACE = 8

export type InsertWay = 'file' | 'port'

/** Blocks of rows on the disk, ready for the engine. */
export interface PreparedRows {
  readonly filesDir: string
  readonly blockRows: number
}

/** Lets a server store OTLP requests with payloads of that size, and writes its rows into files under `folder`. */
export async function prepareRows(folder: string, payloadBytes: number): Promise<PreparedRows> {
  const blockRows = Math.floor(BLOCK_BYTES / (payloadBytes + 400) / OBSERVATIONS_PER_TRACE) * OBSERVATIONS_PER_TRACE
  const filesDir = join(folder, `rows-${payloadBytes}`)
  await mkdir(filesDir)
  await inNewFolder(async (dataDir) => {
    await storeSome(dataDir, { payloadBytes, atLeast: blockRows })
    await runTsx(join(ENGINE, 'prepare.ts'), [dataDir, filesDir, String(blockRows), String(BLOCKS)])
  })
  return { filesDir, blockRows }
}

async function storeSome(dataDir: string, wanted: { payloadBytes: number; atLeast: number }): Promise<void> {
  const server = await startXtrace({ dataDir })
  const load = {
    format: 'otlp-protobuf',
    payloadBytes: wanted.payloadBytes,
    clients: 4,
    tracesPerRequest: 8,
    observationsPerTrace: OBSERVATIONS_PER_TRACE,
  } as const
  let stored = 0
  for (let round = 0; stored < wanted.atLeast; round++) {
    const { units } = await runLoad(loadOn(server, { ...load, firstNumber: round * 2 ** 11 }), FILL_SECONDS)
    stored = await untilCounted(server.countObservations, stored + units)
  }
  await server.stop()
}

/** Observations a second, their traces inserted with them, into an empty store. */
export async function engineLimit({ filesDir }: PreparedRows, way: InsertWay): Promise<number> {
  return inNewFolder(async (dataDir) => {
    const { observations, seconds }: { observations: number; seconds: number } = JSON.parse(
      await runTsx(join(ENGINE, 'insert.ts'), [dataDir, filesDir, way]),
    )
    return observations / seconds
  })
}
