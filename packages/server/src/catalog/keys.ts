import { randomUUID } from 'node:crypto'
import type { Selectable } from 'kysely'
import { AppError } from '#domain/errors.ts'
import { type ProjectId, projectId } from '#domain/ids.ts'
import type { CatalogDb, CatalogTables } from './database.ts'
import { createKeyUse, type KeyUse } from './key-use.ts'
import { maskSecret, type SecretHasher, sameHash } from './secret-hash.ts'

/** A key pair of a project, without its secret: of that only a hash and a masked form are kept. */
export interface ApiKey {
  readonly id: string
  readonly projectId: ProjectId
  readonly publicKey: string
  /** `sk-lf-...1a2b` */
  readonly displaySecret: string
  readonly note: string | undefined
  /** From then on it opens nothing. */
  readonly expiresAt: number | undefined
  readonly createdAt: number
  readonly lastUsedAt: number | undefined
}

interface KeyPair {
  readonly publicKey: string
  readonly secretKey: string
}

interface NewPair extends KeyPair {
  readonly note?: string | undefined
  /** Milliseconds since the epoch. */
  readonly expiresAt?: number | undefined
}

export interface Keys {
  /** @throws AppError `conflict` when the public key or the secret is in use already */
  create(projectId: ProjectId, pair: NewPair): Promise<ApiKey>
  /**
   * Makes `pair` the one configured pair of the project: made when missing, changed when only one half is
   * new, moved when it was another project's configured pair; a pair configured before it stops working.
   * @throws AppError `conflict` when it was created for another project
   */
  ensure(projectId: ProjectId, pair: KeyPair): Promise<ApiKey>
  /** Finds no key that has expired; nor does the next. */
  findBySecret(secret: string): Promise<ApiKey | undefined>
  findByPublicKey(publicKey: string): Promise<ApiKey | undefined>
  /** The project's keys, oldest first. */
  list(projectId: ProjectId): Promise<ApiKey[]>
  /** Revokes all of the project's keys. */
  revokeAll(projectId: ProjectId): Promise<void>
  /** False when the project has no such key. */
  revoke(projectId: ProjectId, id: string): Promise<boolean>
  /** Notes that the key was used; written in the background, at most once a minute a key. */
  touch(id: string): void
  /** Calls `listener` after every change made through this object. Returns the function that ends it. */
  onChange(listener: () => void): () => void
  /** Writes what `touch` noted. */
  close(): Promise<void>
}

export interface KeysOptions {
  readonly db: CatalogDb
  readonly hasher: SecretHasher
  readonly now: () => number
  readonly onUseError: (error: unknown) => void
}

export function createKeys(options: KeysOptions): Keys {
  const { db, hasher, now } = options
  const use: KeyUse = createKeyUse({ ...options, table: 'api_keys', onError: options.onUseError })
  const listeners = new Set<() => void>()
  const changed = () => {
    for (const listener of listeners) listener()
  }
  return {
    create: async (project, pair) => {
      const row = newRow({ project, pair, hasher, at: now(), isConfigured: false })
      const key = await createKey(db, row)
      changed()
      return key
    },
    ensure: async (project, pair) => {
      const row = newRow({ project, pair, hasher, at: now(), isConfigured: true })
      const key = await ensureKey(db, row)
      changed()
      return key
    },
    findBySecret: async (secret) => unexpired(await findBySecret(db, hasher.hash(secret)), now()),
    findByPublicKey: async (publicKey) => {
      const row = await db.selectFrom('api_keys').selectAll().where('public_key', '=', publicKey).executeTakeFirst()
      return unexpired(row && fromRow(row), now())
    },
    list: async (project) => {
      const all = db.selectFrom('api_keys').selectAll().where('project_id', '=', project)
      return (await all.orderBy('created_at').orderBy('id').execute()).map(fromRow)
    },
    revokeAll: async (project) => {
      await db.deleteFrom('api_keys').where('project_id', '=', project).execute()
      changed()
    },
    revoke: async (project, id) => {
      const gone = await db
        .deleteFrom('api_keys')
        .where('id', '=', id)
        .where('project_id', '=', project)
        .executeTakeFirst()
      changed()
      return gone.numDeletedRows > 0n
    },
    touch: (id) => use.touch(id),
    onChange: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close: () => use.close(),
  }
}

type KeyRow = Selectable<CatalogTables['api_keys']>

interface NewKey {
  readonly project: ProjectId
  readonly pair: NewPair
  readonly hasher: SecretHasher
  readonly at: number
  readonly isConfigured: boolean
}

function newRow({ project, pair, hasher, at, isConfigured }: NewKey): KeyRow {
  if (pair.publicKey === '' || pair.secretKey === '') throw new AppError('bad_request', 'A key pair needs both halves.')
  return {
    id: randomUUID(),
    project_id: project,
    public_key: pair.publicKey,
    secret_hash: hasher.hash(pair.secretKey),
    display_secret: maskSecret(pair.secretKey),
    note: pair.note ?? null,
    is_configured: isConfigured ? 1 : 0,
    created_at: at,
    last_used_at: null,
    expires_at: pair.expiresAt ?? null,
  }
}

function fromRow(row: KeyRow): ApiKey {
  return {
    id: row.id,
    projectId: projectId(row.project_id),
    publicKey: row.public_key,
    displaySecret: row.display_secret,
    note: row.note ?? undefined,
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at ?? undefined,
    expiresAt: row.expires_at ?? undefined,
  }
}

function unexpired(key: ApiKey | undefined, now: number): ApiKey | undefined {
  return key?.expiresAt !== undefined && key.expiresAt <= now ? undefined : key
}

async function findBySecret(db: CatalogDb, hash: string): Promise<ApiKey | undefined> {
  const row = await db.selectFrom('api_keys').selectAll().where('secret_hash', '=', hash).executeTakeFirst()
  return row && sameHash(row.secret_hash, hash) ? fromRow(row) : undefined
}

/** A pair that an organization has would shadow it: the secret alone decides whom a pair stands for. */
function createKey(db: CatalogDb, row: KeyRow): Promise<ApiKey> {
  return db.transaction().execute(async (transaction) => {
    const { public_key, secret_hash } = row
    const ofOrganization = await transaction
      .selectFrom('organization_keys')
      .select('id')
      .where((eb) => eb.or([eb('public_key', '=', public_key), eb('secret_hash', '=', secret_hash)]))
      .executeTakeFirst()
    if (ofOrganization) throw new AppError('conflict', inUse(row))
    return await insertKey(transaction, row)
  })
}

/** The insert itself finds out whether the pair is free, so that two at once can't both succeed. */
async function insertKey(db: CatalogDb, row: KeyRow): Promise<ApiKey> {
  const added = await db
    .insertInto('api_keys')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  if (added.numInsertedOrUpdatedRows !== 1n) throw new AppError('conflict', inUse(row))
  return fromRow(row)
}

function inUse(row: KeyRow): string {
  return `The public key ${row.public_key} or the secret key that goes with it is in use already; choose another pair.`
}

function ensureKey(db: CatalogDb, wanted: KeyRow): Promise<ApiKey> {
  return db.transaction().execute(async (transaction) => {
    const taken = await transaction
      .selectFrom('api_keys')
      .selectAll()
      .where((eb) => eb.or([eb('public_key', '=', wanted.public_key), eb('secret_hash', '=', wanted.secret_hash)]))
      .execute()
    const [row, ...others] = taken
    const isForeign = row !== undefined && row.project_id !== wanted.project_id && row.is_configured === 0
    if (others.length > 0 || isForeign) throw new AppError('conflict', inUse(wanted))
    const key = row ? await updatePair(transaction, row, wanted) : await insertKey(transaction, wanted)
    await transaction
      .deleteFrom('api_keys')
      .where('project_id', '=', wanted.project_id)
      .where('is_configured', '=', 1)
      .where('id', '<>', key.id)
      .execute()
    return key
  })
}

async function updatePair(db: CatalogDb, row: KeyRow, wanted: KeyRow): Promise<ApiKey> {
  const { project_id, public_key, secret_hash, display_secret, is_configured } = wanted
  const pair = { project_id, public_key, secret_hash, display_secret, is_configured }
  await db.updateTable('api_keys').set(pair).where('id', '=', row.id).execute()
  return fromRow({ ...row, ...pair })
}
