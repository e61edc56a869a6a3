/**
 * Writes what an engine is to be given into files: the rows that a server stored of real requests, in blocks that
 * differ in their ids. Arguments: data folder, folder for the files, rows of a block, blocks. A process of its own,
 * as the engine opens one folder a process.
 */
import { join } from 'node:path'
import { openBenchEngine } from './open.ts'

const [dataDir = '', filesDir = '', blockRows = '', blocks = ''] = process.argv.slice(2)
const engine = await openBenchEngine(dataDir)

for (let block = 0; block < Number(blocks); block++) {
  const stamp = `upper(hex(toUInt16(${block})))`
  // The first four digits make room for the number of the block; a trace keeps its observations.
  const renamed = (column: string) => `concat(${stamp}, substring(${column}, 5)) AS ${column}`
  const observations = `SELECT * REPLACE (${renamed('id')}, ${renamed('trace_id')}) FROM observations ORDER BY trace_id LIMIT ${blockRows}`
  const traces = `SELECT * REPLACE (${renamed('id')}) FROM traces ORDER BY id LIMIT ${Math.ceil(Number(blockRows) / 8)}`
  await engine.command(
    `INSERT INTO FUNCTION file('${join(filesDir, `observations-${block}.native`)}', 'Native') ${observations}`,
  )
  await engine.command(`INSERT INTO FUNCTION file('${join(filesDir, `traces-${block}.native`)}', 'Native') ${traces}`)
}
await engine.close()
