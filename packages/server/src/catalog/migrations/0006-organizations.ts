import type { Kysely, Migration } from 'kysely'

/** Keys of organizations, users and what they may do, integrations that export to blob storage; keys that expire. */
export const organizationTables: Migration = {
  async up(db) {
    await db.schema.alterTable('api_keys').addColumn('expires_at', 'bigint').execute()
    await createOrganizationKeys(db)
    await createUsers(db)
    await createMemberships(db)
    await createBlobStorageIntegrations(db)
  },
}

type Db = Kysely<unknown>

async function createOrganizationKeys(db: Db): Promise<void> {
  await db.schema
    .createTable('organization_keys')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('organization_id', 'text', (c) => c.notNull().references('organizations.id').onDelete('cascade'))
    .addColumn('public_key', 'text', (c) => c.notNull().unique())
    .addColumn('secret_hash', 'text', (c) => c.notNull().unique())
    .addColumn('display_secret', 'text', (c) => c.notNull())
    .addColumn('note', 'text')
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('last_used_at', 'bigint')
    .execute()
  await db.schema
    .createIndex('organization_keys_by_organization')
    .on('organization_keys')
    .column('organization_id')
    .execute()
}

async function createUsers(db: Db): Promise<void> {
  await db.schema
    .createTable('users')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('email', 'text', (c) => c.notNull().unique())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('updated_at', 'bigint', (c) => c.notNull())
    .execute()
}

async function createMemberships(db: Db): Promise<void> {
  await db.schema
    .createTable('organization_memberships')
    .addColumn('organization_id', 'text', (c) => c.notNull().references('organizations.id').onDelete('cascade'))
    .addColumn('user_id', 'text', (c) => c.notNull().references('users.id').onDelete('cascade'))
    .addColumn('role', 'text', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('updated_at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('organization_memberships_key', ['organization_id', 'user_id'])
    .execute()
  await db.schema
    .createTable('project_memberships')
    .addColumn('project_id', 'text', (c) => c.notNull().references('projects.id').onDelete('cascade'))
    .addColumn('user_id', 'text', (c) => c.notNull().references('users.id').onDelete('cascade'))
    .addColumn('role', 'text', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('updated_at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('project_memberships_key', ['project_id', 'user_id'])
    .execute()
}

async function createBlobStorageIntegrations(db: Db): Promise<void> {
  await db.schema
    .createTable('blob_storage_integrations')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('project_id', 'text', (c) => c.notNull().unique().references('projects.id').onDelete('cascade'))
    .addColumn('settings', 'text', (c) => c.notNull())
    .addColumn('sealed_secret', 'text')
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('updated_at', 'bigint', (c) => c.notNull())
    .execute()
}
