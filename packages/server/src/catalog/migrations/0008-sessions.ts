import type { Migration } from 'kysely'

/** Passwords of users, and who is signed in to the web interface. */
export const sessionTables: Migration = {
  async up(db) {
    await db.schema.alterTable('users').addColumn('password_hash', 'text').execute()
    await db.schema
      .createTable('browser_sessions')
      .addColumn('id', 'text', (c) => c.primaryKey().notNull())
      .addColumn('secret_hash', 'text', (c) => c.notNull().unique())
      .addColumn('previous_hash', 'text')
      .addColumn('user_id', 'text', (c) => c.references('users.id').onDelete('cascade'))
      .addColumn('token_hash', 'text')
      .addColumn('created_at', 'bigint', (c) => c.notNull())
      .addColumn('renewed_at', 'bigint', (c) => c.notNull())
      .addColumn('expires_at', 'bigint', (c) => c.notNull())
      .execute()
    await db.schema.createIndex('browser_sessions_by_previous').on('browser_sessions').column('previous_hash').execute()
    await db.schema.createIndex('browser_sessions_by_expiry').on('browser_sessions').column('expires_at').execute()
  },
}
