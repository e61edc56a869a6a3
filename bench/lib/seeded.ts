/** Stores full of rows for questions: made once, used as clones. */
import { mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { progress } from './bench.ts'
import { cloneFolder, needRoom, removing } from './folders.ts'
import type { SeedOptions } from './seed-sql.ts'
import { storedBytes } from './stored-bytes.ts'
import { runTsx } from './tsx-child.ts'

const SEED = join(import.meta.dirname, '..', 'seed.ts')
const SCHEMA = resolve(import.meta.dirname, '..', '..', 'packages', 'server', 'src', 'store', 'schema')
/** Measured, with merges under way: a row takes up to so much of its payload, and so much beside it. */
const ROOM_SHARE = 1.2
const ROOM_BESIDE = 300

export interface Seeding {
  /** Where it is made, or taken from if it is there. */
  readonly folder: string
  readonly observations: number
  readonly payloadBytes: number
  readonly observationsPerDay: number
}

export interface Seeded {
  readonly dir: string
  readonly options: SeedOptions
  readonly bytesPerObservation: number
}

export async function seeded(seeding: Seeding): Promise<Seeded> {
  const { folder, observations, payloadBytes, observationsPerDay } = seeding
  // Rows that a migration moved are not laid out as those that were written after it.
  const schema = (await readdir(SCHEMA)).length
  const dir = join(folder, `seed-${observations}-${payloadBytes}-${observationsPerDay}-schema-${schema}`)
  const options = (await optionsOf(dir)) ?? (await make(dir, seeding))
  return { dir, options, bytesPerObservation: (await storedBytes(dir)) / observations }
}

/** Runs the work on a clone of the seeded folder, which may be written to and is gone afterwards. */
export async function onClone<T>({ dir }: Seeded, work: (dataDir: string) => Promise<T>): Promise<T> {
  const clone = `${dir}.clone-${process.pid}`
  return removing(clone, async () => {
    await cloneFolder(dir, clone)
    return work(clone)
  })
}

async function make(dir: string, { observations, payloadBytes, observationsPerDay }: Seeding): Promise<SeedOptions> {
  await rm(dir, { recursive: true, force: true })
  await mkdir(dir, { recursive: true })
  await needRoom(dir, observations * (payloadBytes * ROOM_SHARE + ROOM_BESIDE))
  const said = await runTsx(SEED, [dir, String(observations), String(payloadBytes), String(observationsPerDay)])
  progress(`seeded ${said.trim()}`)
  const options = await optionsOf(dir)
  if (!options) throw new Error(`Nothing was seeded in ${dir}`)
  return options
}

/** What the folder was filled with; undefined where it was not, or not to the end. */
async function optionsOf(dir: string): Promise<SeedOptions | undefined> {
  const text = await readFile(join(dir, 'seed.json'), 'utf8').catch(() => undefined)
  return text === undefined ? undefined : JSON.parse(text)
}
