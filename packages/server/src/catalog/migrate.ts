import { type Migration, Migrator, sql } from 'kysely'
import { AppError } from '#domain/errors.ts'
import type { CatalogDb } from './database.ts'
import { firstTables } from './migrations/0001-first-tables.ts'
import { prompts } from './migrations/0002-prompts.ts'
import { datasets } from './migrations/0003-datasets.ts'
import { media } from './migrations/0004-media.ts'
import { annotation } from './migrations/0005-annotation.ts'
import { organizationTables } from './migrations/0006-organizations.ts'
import { evaluationTables } from './migrations/0007-evaluation.ts'
import { sessionTables } from './migrations/0008-sessions.ts'
import { deletedProjects } from './migrations/0009-deleted-projects.ts'
import { exploring } from './migrations/0010-exploring.ts'
import { imageHosts } from './migrations/0011-image-hosts.ts'
import { bulkFailures } from './migrations/0012-bulk-failures.ts'
import { mediaNames } from './migrations/0013-media-names.ts'

/** Every step of the catalogue, by name; names sort in the order in which the steps run, and never change. */
const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-first-tables': firstTables,
  '0002-prompts': prompts,
  '0003-datasets': datasets,
  '0004-media': media,
  '0005-annotation': annotation,
  '0006-organizations': organizationTables,
  '0007-evaluation': evaluationTables,
  '0008-sessions': sessionTables,
  '0009-deleted-projects': deletedProjects,
  '0010-exploring': exploring,
  '0011-image-hosts': imageHosts,
  '0012-bulk-failures': bulkFailures,
  '0013-media-names': mediaNames,
}

/** The steps, oldest first. */
export const catalogSteps = (): string[] => Object.keys(MIGRATIONS)

/**
 * Brings the catalogue to this program's version, or to an older step, in one transaction.
 * @throws AppError `unavailable` when a newer program has written it, or a step fails (then nothing was changed)
 */
export async function migrateCatalog(db: CatalogDb, place: string, step?: string): Promise<void> {
  const schema = await ownSchema(db)
  await refuseNewer(db, place, schema)
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => ({ ...MIGRATIONS }) },
    ...(schema !== undefined && { migrationTableSchema: schema }),
  })
  const { error } = await (step === undefined ? migrator.migrateToLatest() : migrator.migrateTo(step))
  if (error)
    throw new AppError('unavailable', `The catalogue ${place} could not be brought up to date.`, { cause: error })
}

/** Where new tables go. Other schemas of a Postgres database may hold the steps of other programs; SQLite has none. */
async function ownSchema(db: CatalogDb): Promise<string | undefined> {
  if ((await db.introspection.getSchemas()).length === 0) return undefined
  const { rows } = await sql<{ name: string | null }>`select current_schema() as name`.execute(db)
  return rows[0]?.name ?? undefined
}

async function refuseNewer(db: CatalogDb, place: string, schema: string | undefined): Promise<void> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true })
  if (!tables.some((table) => table.name === 'kysely_migration' && table.schema === schema)) return
  const done = await db
    .withTables<{ kysely_migration: { name: string } }>()
    .selectFrom('kysely_migration')
    .select('name')
    .execute()
  const unknown = done.find(({ name }) => !(name in MIGRATIONS))
  if (unknown) {
    const known = Object.keys(MIGRATIONS).at(-1)
    throw new AppError(
      'unavailable',
      `The catalogue ${place} was written by a newer xtrace (it has step ${unknown.name}, this program ends at ${known}); start that version, or restore a copy from before the upgrade.`,
    )
  }
}
