/** Prints the bytes of the parts in use, traces and all, of a data folder that nobody has open. */
import { sql } from '../../packages/server/src/store/sql.ts'
import { openBenchEngine } from './open.ts'

const engine = await openBenchEngine(process.argv[2] ?? '')
const [row] = await engine.query(
  sql`SELECT sum(bytes_on_disk) AS bytes FROM system.parts WHERE active AND database = currentDatabase()`,
)
await engine.close()
console.log(Number(row?.['bytes']))
