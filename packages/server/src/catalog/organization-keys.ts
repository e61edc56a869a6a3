import { randomUUID } from 'node:crypto'
import type { Selectable } from 'kysely'
import { AppError } from '#domain/errors.ts'
import { type OrganizationId, organizationId } from '#domain/ids.ts'
import type { CatalogDb, CatalogTables } from './database.ts'
import { createKeyUse } from './key-use.ts'
import { maskSecret, type SecretHasher, sameHash } from './secret-hash.ts'

/** A key pair that administers an organization, without its secret. It comes from the settings alone. */
export interface OrganizationKey {
  readonly id: string
  readonly organizationId: OrganizationId
  readonly publicKey: string
  /** `sk-lf-...1a2b` */
  readonly displaySecret: string
  readonly note: string | undefined
  readonly createdAt: number
  readonly lastUsedAt: number | undefined
}

export interface OrganizationKeys {
  /**
   * Makes `pair` the only pair of the organization; undefined takes away the one there is.
   * @throws AppError `conflict` when it is in use by a project or another organization
   */
  ensure(
    organizationId: OrganizationId,
    pair: { readonly publicKey: string; readonly secretKey: string } | undefined,
  ): Promise<void>
  findBySecret(secret: string): Promise<OrganizationKey | undefined>
  /** Oldest first. */
  list(organizationId: OrganizationId): Promise<OrganizationKey[]>
  /** Notes that the key was used; written in the background. */
  touch(id: string): void
  /** Writes what `touch` noted. */
  close(): Promise<void>
}

export interface OrganizationKeysOptions {
  readonly db: CatalogDb
  readonly hasher: SecretHasher
  readonly now: () => number
  readonly onUseError: (error: unknown) => void
}

export function createOrganizationKeys(options: OrganizationKeysOptions): OrganizationKeys {
  const { db, hasher, now } = options
  const use = createKeyUse({ ...options, table: 'organization_keys', onError: options.onUseError })
  return {
    ensure: (organization, pair) =>
      db.transaction().execute(async (transaction) => {
        const own = transaction.deleteFrom('organization_keys').where('organization_id', '=', organization)
        if (!pair) {
          await own.execute()
          return
        }
        const hash = hasher.hash(pair.secretKey)
        await own
          .where((eb) => eb.or([eb('public_key', '<>', pair.publicKey), eb('secret_hash', '<>', hash)]))
          .execute()
        await refuseTaken(transaction, { organization, publicKey: pair.publicKey, hash })
        const row = {
          id: randomUUID(),
          organization_id: organization,
          public_key: pair.publicKey,
          secret_hash: hash,
          display_secret: maskSecret(pair.secretKey),
          note: null,
          created_at: now(),
          last_used_at: null,
        }
        const insert = transaction.insertInto('organization_keys').values(row)
        await insert.onConflict((conflict) => conflict.column('public_key').doNothing()).execute()
      }),
    findBySecret: async (secret) => {
      const hash = hasher.hash(secret)
      const row = await db
        .selectFrom('organization_keys')
        .selectAll()
        .where('secret_hash', '=', hash)
        .executeTakeFirst()
      return row && sameHash(row.secret_hash, hash) ? fromRow(row) : undefined
    },
    list: async (organization) => {
      const own = db.selectFrom('organization_keys').selectAll().where('organization_id', '=', organization)
      return (await own.orderBy('created_at').orderBy('id').execute()).map(fromRow)
    },
    touch: use.touch,
    close: use.close,
  }
}

/** One secret must not open a project and an organization, or two organizations. */
async function refuseTaken(
  db: CatalogDb,
  wanted: { readonly organization: OrganizationId; readonly publicKey: string; readonly hash: string },
): Promise<void> {
  const { organization, publicKey, hash } = wanted
  const others = db.selectFrom('organization_keys').select('id').where('organization_id', '<>', organization)
  const ofOthers = await others
    .where((eb) => eb.or([eb('public_key', '=', publicKey), eb('secret_hash', '=', hash)]))
    .executeTakeFirst()
  const ofProjects = await db
    .selectFrom('api_keys')
    .select('id')
    .where((eb) => eb.or([eb('public_key', '=', publicKey), eb('secret_hash', '=', hash)]))
    .executeTakeFirst()
  if (ofOthers || ofProjects)
    throw new AppError(
      'conflict',
      `The public key ${publicKey} or the secret key that goes with it is in use already; choose another pair for the organization.`,
    )
}

function fromRow(row: Selectable<CatalogTables['organization_keys']>): OrganizationKey {
  return {
    id: row.id,
    organizationId: organizationId(row.organization_id),
    publicKey: row.public_key,
    displaySecret: row.display_secret,
    note: row.note ?? undefined,
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at ?? undefined,
  }
}
