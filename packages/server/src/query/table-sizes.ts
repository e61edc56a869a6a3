import { z } from 'zod'
import type { Engine } from '#store/engine.ts'
import { sql } from '#store/sql.ts'

const TableSize = z.object({
  name: z.string(),
  rows: z.coerce.number(),
  parts: z.coerce.number(),
  bytes: z.coerce.number(),
})
export type TableSize = z.infer<typeof TableSize>

/** What the tables of the store hold and take on disk, compressed; the largest first. */
export async function tableSizes(engine: Engine): Promise<TableSize[]> {
  const rows = await engine.query(sql`
    SELECT table AS name, sum(rows) AS rows, count() AS parts, sum(bytes_on_disk) AS bytes
    FROM system.parts WHERE active AND database = currentDatabase()
    GROUP BY table ORDER BY bytes DESC`)
  return rows.map((row) => TableSize.parse(row))
}
