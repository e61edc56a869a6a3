/**
 * Inserts prepared blocks into an empty store, one after the other, and prints what that took as JSON. Arguments:
 * data folder, folder of the files, `file` (the engine reads its own format from the page cache: no line of
 * ours between) or `port` (row objects through the writer's port).
 */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Engine, Row, Table } from '../../packages/server/src/store/engine.ts'
import { sql, str } from '../../packages/server/src/store/sql.ts'
import { openBenchEngine } from './open.ts'

const [dataDir = '', filesDir = '', way = ''] = process.argv.slice(2)
/** As the writer's inserts: one block whatever its size, remembered by its token, not searched for equal keys, words left for later. */
const ONE_BLOCK =
  'max_insert_block_size = 100000000, min_insert_block_size_rows = 100000000, min_insert_block_size_bytes = 4294967296, ' +
  "optimize_on_insert = 0, exclude_materialize_skip_indexes_on_insert = 'words_of_input, words_of_output'"

const engine = await openBenchEngine(dataDir)
const names = (await readdir(filesDir)).filter((name) => name.startsWith('observations-')).toSorted()
const [warmUp = '', ...measured] = names
await insert(warmUp)
let seconds = 0
for (const name of measured) seconds += await insert(name)
const [counted] = await engine.query(sql`SELECT count() AS observations FROM observations`)
await engine.close()
const observations = (Number(counted?.['observations']) * measured.length) / names.length
console.log(JSON.stringify({ observations, seconds }))

/** A block of observations and that of their traces; gives the seconds. */
async function insert(name: string): Promise<number> {
  const tracesName = name.replace('observations', 'traces')
  if (way === 'port') {
    const observations = await rowsOf(engine, name)
    const traces = await rowsOf(engine, tracesName)
    return timed(async () => {
      await Promise.all([
        engine.insert('observations', observations, name),
        engine.insert('traces', traces, tracesName),
      ])
    })
  }
  return timed(async () => {
    await insertFile('observations', name)
    await insertFile('traces', tracesName)
  })
}

function insertFile(table: Table, name: string): Promise<void> {
  const from = `file('${join(filesDir, name)}', 'Native')`
  return engine.command(
    `INSERT INTO ${table} SELECT * FROM ${from} SETTINGS insert_deduplication_token = '${name}', ${ONE_BLOCK}`,
  )
}

function rowsOf(store: Engine, name: string): Promise<Row[]> {
  return store.query(sql`SELECT * FROM file(${str(join(filesDir, name))}, 'Native')`, { lane: 'heavy' })
}

async function timed(work: () => Promise<void>): Promise<number> {
  const begun = performance.now()
  await work()
  return (performance.now() - begun) / 1000
}
