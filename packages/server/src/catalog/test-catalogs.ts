import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { silentLogger } from '#telemetry/logger.ts'
import { type Catalog, openCatalog } from './catalog.ts'

/** A database that the catalogue's cases run on: every case gets a new, empty one. */
export interface CatalogBackend {
  readonly name: string
  open(now?: () => number): Promise<TestCatalog>
  /** An empty place for the catalogue of a whole program. */
  makePlace(): Promise<CatalogPlace>
}

export interface TestCatalog {
  readonly catalog: Catalog
  /** Closes the catalogue and removes what it left. */
  dispose(): Promise<void>
}

export interface CatalogPlace {
  /** Undefined for the file in the data folder. */
  readonly url: string | undefined
  drop(): Promise<void>
}

const sqlite: CatalogBackend = {
  name: 'SQLite',
  open: async (now = Date.now) => {
    const folder = await mkdtemp(join(tmpdir(), 'xtrace-catalog-'))
    const catalog = await openCatalog({ path: join(folder, 'catalog.db'), logger: silentLogger, now })
    const dispose = async () => {
      await catalog.close()
      await rm(folder, { recursive: true })
    }
    return { catalog, dispose }
  },
  makePlace: async () => ({ url: undefined, drop: async () => {} }),
}

/**
 * A new, empty database on the server of `url`. Schemas of one database would do, but for tests that run meanwhile: Kysely looks
 * at the tables of all schemas, and fails over one that is dropped as it looks.
 */
async function openPostgresDatabase(url: string): Promise<{ readonly url: string; drop(): Promise<void> }> {
  const run = async (statement: string) => {
    const client = new pg.Client(url)
    await client.connect()
    await client.query(statement)
    await client.end()
  }
  const name = `xtrace_${Math.random().toString(36).slice(2)}`
  await run(`CREATE DATABASE ${name}`)
  const own = new URL(url)
  own.pathname = name
  return { url: own.href, drop: () => run(`DROP DATABASE ${name} WITH (FORCE)`) }
}

function postgres(url: string): CatalogBackend {
  return {
    name: 'Postgres',
    open: async (now = Date.now) => {
      const database = await openPostgresDatabase(url)
      const catalog = await openCatalog({ url: database.url, path: '', logger: silentLogger, now })
      const dispose = async () => {
        await catalog.close()
        await database.drop()
      }
      return { catalog, dispose }
    },
    makePlace: () => openPostgresDatabase(url),
  }
}

/** SQLite always, Postgres when XTRACE_TEST_POSTGRES_URL names a database, as it does under `npm test`. */
export function catalogBackends(): CatalogBackend[] {
  // biome-ignore lint/style/noProcessEnv: the only place where tests learn of a Postgres to run on
  const url = process.env['XTRACE_TEST_POSTGRES_URL']
  return url ? [sqlite, postgres(url)] : [sqlite]
}
