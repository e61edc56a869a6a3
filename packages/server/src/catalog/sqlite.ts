import { once } from 'node:events'
import { chmod, rename, rm, stat } from 'node:fs/promises'
import { Worker } from 'node:worker_threads'
import { Kysely, type SqliteDatabase, SqliteDialect } from 'kysely'
import Libsql from 'libsql'
import { z } from 'zod'
import { AppError } from '#domain/errors.ts'
import type { CatalogDb } from './database.ts'

/** `xtrc`, in the header of every catalogue file, so that no other program's database is taken for one. */
const APPLICATION_ID = 0x78747263

/**
 * Opens the catalogue file, creating it when there is none. A file that is there but is not a sound
 * catalogue is refused and left as it is.
 * @throws AppError `unavailable` with the file's name and what is wrong with it
 */
export async function openSqlite(path: string): Promise<CatalogDb> {
  const size = await sizeOf(path)
  if (size === 0) throw refusal(path, 'is empty')
  if (size === undefined) await createFile(path)
  const database = openChecked(path)
  return new Kysely({ dialect: new SqliteDialect({ database: asKyselyDatabase(database) }) })
}

/**
 * Copies a catalogue file as it stands into a new file, beside whoever else uses it; nothing is brought up to date. In a
 * thread of its own: libsql has no backup in steps, and in one go it would hold up all requests.
 * @throws AppError `unavailable` as `openSqlite`
 */
export async function copySqlite(path: string, to: string): Promise<void> {
  if (!(await sizeOf(path))) throw refusal(path, 'is not there or is empty')
  const copying = new Worker(new URL('./copy-sqlite.js', import.meta.url), { workerData: { path, to }, execArgv: [] })
  const [found]: unknown[] = await once(copying, 'message').catch((cause: unknown) => {
    throw refusal(path, 'can not be copied', cause)
  })
  refuseUnsound(path, Findings.parse(found))
  await chmod(to, 0o600)
}

async function sizeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

/** The file gets its name only once it has a header: a crash on the way leaves no empty catalogue behind. */
async function createFile(path: string): Promise<void> {
  const draft = `${path}.new`
  await rm(draft, { force: true })
  const database = new Libsql(draft)
  database.pragma('journal_mode = DELETE')
  database.exec(`PRAGMA application_id = ${APPLICATION_ID}`)
  database.close()
  await chmod(draft, 0o600)
  await rename(draft, path)
}

function openChecked(path: string): Libsql.Database {
  const database = new Libsql(path)
  try {
    checkSound(database, path)
    database.pragma('journal_mode = WAL')
    database.pragma('synchronous = FULL')
    database.pragma('busy_timeout = 5000')
    database.pragma('foreign_keys = ON')
    return database
  } catch (error) {
    database.close()
    throw error instanceof AppError ? error : refusal(path, 'is damaged', error)
  }
}

function checkSound(database: Libsql.Database, path: string): void {
  const [applicationId] = firstValues(database, 'PRAGMA application_id')
  const [verdict] = firstValues(database, 'PRAGMA quick_check(1)')
  refuseUnsound(path, { verdict, applicationId })
}

/** What a file says of itself. */
const Findings = z.object({ verdict: z.unknown(), applicationId: z.unknown() })

function refuseUnsound(path: string, { verdict, applicationId }: z.output<typeof Findings>): void {
  if (verdict !== 'ok') throw refusal(path, `is damaged (${String(verdict)})`)
  if (applicationId !== APPLICATION_ID) throw refusal(path, 'is not a catalogue of xtrace')
}

function firstValues(database: Libsql.Database, sql: string): unknown[] {
  const row: unknown = database.prepare(sql).get([])
  return typeof row === 'object' && row !== null ? Object.values(row) : []
}

function refusal(path: string, fault: string, cause?: unknown): AppError {
  const advice = 'Nothing was changed. Restore the file from a copy, or move it away to start with a new catalogue.'
  return new AppError('unavailable', `The catalogue file ${path} ${fault}. ${advice}`, { cause })
}

/** libsql declares its parameters as rest arguments; it takes one array of them as well. */
function asKyselyDatabase(database: Libsql.Database): SqliteDatabase {
  return {
    close: () => {
      // libsql leaves the journal behind; emptied, the file alone is the whole catalogue and may be copied.
      try {
        database.pragma('wal_checkpoint(TRUNCATE)')
      } finally {
        database.close()
      }
    },
    prepare: (text) => {
      const statement = database.prepare(text)
      return {
        reader: statement.reader,
        all: (parameters) => statement.all([...parameters]),
        run: (parameters) => statement.run([...parameters]),
        iterate: (parameters) => statement.iterate([...parameters]),
      }
    },
  }
}
