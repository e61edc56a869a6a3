import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { Logger } from '#telemetry/logger.ts'
import type { CatalogDb } from './database.ts'

const INT8 = 20

/** Opens the catalogue in the Postgres database that `url` names. Connections are made on demand. */
export function openPostgres(url: string, logger: Logger): CatalogDb {
  const pool = new pg.Pool({
    connectionString: url,
    max: 10,
    connectionTimeoutMillis: 5_000,
    statement_timeout: 10_000,
    // Every 64-bit column holds milliseconds or counts, all below 2^53.
    types: { getTypeParser: (oid, format) => (oid === INT8 ? Number : pg.types.getTypeParser(oid, format)) },
  })
  // Without a listener, a connection that breaks while idle would end the process.
  pool.on('error', (error) => logger.warn({ err: error }, 'a Postgres connection of the catalogue broke'))
  return new Kysely({ dialect: new PostgresDialect({ pool }) })
}
