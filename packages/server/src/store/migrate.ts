/**
 * Brings a store to this program's tables: applies schema/NNNN-*.sql in order, once each, and
 * remembers it in the table `schema_versions`. One set of files serves a single engine and a
 * cluster: `{on_cluster}` and `{engine:…}` are rendered here.
 *
 * The files lie in `schema/` beside this module; a build that bundles it copies them beside the bundle.
 */
import { readdir, readFile } from 'node:fs/promises'
import { AppError } from '#domain/errors.ts'
import type { Logger } from '#telemetry/logger.ts'
import type { Engine } from './engine.ts'
import { sql } from './sql.ts'

export interface MigrateOptions {
  /** Name of a ClickHouse cluster: adds ON CLUSTER and makes the engines Replicated. */
  readonly cluster?: string
  /** Folder of the files; `schema/` beside this module when absent. */
  readonly directory?: URL
  /** The last version to apply; the newest one when absent. */
  readonly upTo?: number
  /** Told of each version before it is applied to a store that holds something: it may take minutes. */
  readonly logger?: Pick<Logger, 'info'>
}

export interface Migration {
  readonly version: number
  readonly name: string
  readonly statements: readonly string[]
}

/**
 * Safe to repeat, and to resume after a crash in the middle: every statement is one that changes
 * nothing the second time (`IF NOT EXISTS`).
 * @throws AppError `internal` when the store was made by a newer program; nothing is changed then.
 */
export async function migrate(engine: Pick<Engine, 'query' | 'command'>, options: MigrateOptions = {}): Promise<void> {
  const migrations = await readMigrations(options)
  for (const statement of render(VERSIONS_TABLE, options.cluster)) await engine.command(statement)
  const applied = await storeVersion(engine)
  const newest = migrations.at(-1)?.version ?? 0
  if (applied > newest) {
    throw new AppError(
      'internal',
      `The store has schema version ${applied}, this program knows versions up to ${newest}; start a newer xtrace`,
    )
  }
  const { upTo = newest, logger } = options
  const missing = migrations.filter(({ version }) => version > applied && version <= upTo)
  for (const { version, name, statements } of missing) {
    if (applied > 0) logger?.info({ version, name }, 'Bringing the store to its next version')
    for (const statement of statements) await engine.command(statement)
    await engine.command(`INSERT INTO schema_versions (version, applied_at) VALUES (${version}, now())`)
  }
}

const VERSIONS_TABLE = `
  CREATE TABLE IF NOT EXISTS schema_versions {on_cluster} (version UInt32, applied_at DateTime('UTC'))
  ENGINE = {engine:ReplacingMergeTree} ORDER BY version`

/** The newest schema version that this program knows. */
export async function newestVersion(options: MigrateOptions = {}): Promise<number> {
  return (await readMigrations(options)).at(-1)?.version ?? 0
}

/** The schema version that a store stands at; 0 for none. */
export async function storeVersion(engine: Pick<Engine, 'query'>): Promise<number> {
  const [row] = await engine.query(sql`SELECT max(version) AS version FROM schema_versions`)
  return Number(row?.['version'] ?? 0)
}

/** The files in the order of their numbers, rendered and split. */
export async function readMigrations({ cluster, directory }: MigrateOptions = {}): Promise<Migration[]> {
  const folder = directory ?? new URL('./schema/', import.meta.url)
  const names = (await readdir(folder)).filter((name) => /^\d{4}-.+\.sql$/.test(name)).sort()
  if (names.length === 0) throw new AppError('internal', `There are no schema files in ${folder.pathname}`)
  return Promise.all(
    names.map(async (name) => ({
      version: Number(name.slice(0, 4)),
      name,
      statements: render(await readFile(new URL(name, folder), 'utf8'), cluster),
    })),
  )
}

/** A file's statements with the placeholders filled in. `cluster` is the operator's word, quoted as a name. */
export function render(file: string, cluster: string | undefined): string[] {
  const onCluster = cluster === undefined ? '' : `ON CLUSTER \`${cluster.replaceAll('`', '')}\``
  const replicated = cluster === undefined ? '' : 'Replicated'
  return splitStatements(file).map((statement) =>
    statement.replaceAll('{on_cluster}', onCluster).replace(/\{engine:(\w+(?:\([^)}]*\))?)\}/g, `${replicated}$1`),
  )
}

/** Comments, quoted text and identifiers, semicolons; everything else is passed over. */
const TOKENS = /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^'\\]|\\[\s\S]|'')*'|`(?:[^`\\]|\\[\s\S])*`|"(?:[^"\\]|\\[\s\S])*"|;/g

/** Splits at semicolons that stand outside of quotes and comments, and leaves the comments out. */
export function splitStatements(file: string): string[] {
  const marked = file.replace(TOKENS, (token) => {
    if (token === ';') return '\0'
    return token.startsWith('--') || token.startsWith('/*') ? '' : token
  })
  return marked
    .split('\0')
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '')
}
