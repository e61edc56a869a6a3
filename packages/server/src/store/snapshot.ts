/**
 * A copy of the embedded store as it stands: parts never change once they are written, so that linking them is
 * a moment's work and the copying can take its time.
 */
import { readdir } from 'node:fs/promises'
import { join, relative } from 'node:path'
import type { Engine } from './engine.ts'
import { storeVersion } from './migrate.ts'
import { printLiteral } from './print.ts'
import { textOf } from './rows/cells.ts'
import { type Sql, sql, str } from './sql.ts'

/** The tables that are copied; names are ours, and so they may be written into a statement. */
const TABLES: Readonly<Record<string, Sql>> = {
  traces: sql`traces`,
  observations: sql`observations`,
  scores: sql`scores`,
  metric_series: sql`metric_series`,
  metric_points: sql`metric_points`,
  daily_usage: sql`daily_usage`,
}

export interface FrozenTable {
  readonly name: string
  /** A folder with a folder for each part. */
  readonly dir: string
}

export interface Snapshot {
  /** The schema that the parts were written under. */
  readonly version: number
  readonly tables: readonly FrozenTable[]
}

type Store = Pick<Engine, 'query' | 'command'>

/**
 * Links all parts under `shadow/<name>` of the store's folder; whoever asked removes that when done. Rows stored
 * meanwhile may be in one table and not in another.
 */
export async function freezeStore(
  store: Store,
  { path, name }: { readonly path: string; readonly name: string },
): Promise<Snapshot> {
  const places = await placesOf(store)
  const tables: FrozenTable[] = []
  for (const [table, statement] of Object.entries(TABLES)) {
    const place = places.get(table)
    if (place === undefined) continue
    await store.command(printLiteral(sql`ALTER TABLE ${statement} FREEZE WITH NAME ${str(name)}`).query)
    tables.push({ name: table, dir: join(path, 'shadow', name, relative(path, place)) })
  }
  return { version: await storeVersion(store), tables }
}

/** Where each table keeps its parts. */
async function placesOf(store: Pick<Engine, 'query'>): Promise<ReadonlyMap<string, string>> {
  const rows = await store.query(
    sql`SELECT name, data_paths[1] AS place FROM system.tables WHERE database = currentDatabase() AND length(data_paths) > 0`,
  )
  return new Map(rows.map((row) => [textOf(row, 'name'), textOf(row, 'place')]))
}

/** Moves folders of parts into the tables of an embedded store that stands at their schema. @throws AppError `internal` */
export async function attachParts(
  store: Store,
  tables: readonly FrozenTable[],
  move: (from: string, to: string) => Promise<void>,
): Promise<void> {
  const places = await placesOf(store)
  for (const { name, dir } of tables) {
    const [table, place] = [TABLES[name], places.get(name)]
    if (!table || place === undefined) continue
    for (const part of (await readdir(dir)).sort()) {
      await move(join(dir, part), join(place, 'detached', part))
      await store.command(printLiteral(sql`ALTER TABLE ${table} ATTACH PART ${str(part)}`).query)
    }
  }
}
