import { randomUUID } from 'node:crypto'
import type { Selectable } from 'kysely'
import type { CatalogDb, CatalogTables } from './database.ts'

/** A person, known by an address; what they may do is said by memberships. */
export interface User {
  readonly id: string
  /** Lower-case; unique. */
  readonly email: string
  readonly name: string
  /** Milliseconds since the epoch, as is the next. */
  readonly createdAt: number
  readonly updatedAt: number
}

export interface Users {
  byId(id: string): Promise<User | undefined>
  /** The user with this address in any case, made when there is none; one that exists keeps its name. */
  ensure(user: Pick<User, 'email' | 'name'>): Promise<User>
  /** The user with this address in any case, and what is kept of their password; null for one who can not sign in. */
  findForSignIn(email: string): Promise<{ readonly user: User; readonly passwordHash: string | null } | undefined>
  /** Keeps the hash of a new password. */
  setPassword(id: string, passwordHash: string): Promise<void>
}

export function createUsers(db: CatalogDb, now: () => number): Users {
  return {
    byId: async (id) => {
      const row = await db.selectFrom('users').selectAll().where('id', '=', id).executeTakeFirst()
      return row && fromUserRow(row)
    },
    ensure: async ({ name, ...user }) => {
      const [at, email] = [now(), user.email.toLowerCase()]
      const row = { id: randomUUID(), email, name, created_at: at, updated_at: at }
      const insert = db.insertInto('users').values(row)
      await insert.onConflict((conflict) => conflict.column('email').doNothing()).execute()
      return fromUserRow(await db.selectFrom('users').selectAll().where('email', '=', email).executeTakeFirstOrThrow())
    },
    findForSignIn: async (email) => {
      const one = db.selectFrom('users').selectAll().where('email', '=', email.toLowerCase())
      const row = await one.executeTakeFirst()
      return row && { user: fromUserRow(row), passwordHash: row.password_hash }
    },
    setPassword: async (id, passwordHash) => {
      const change = { password_hash: passwordHash, updated_at: now() }
      await db.updateTable('users').set(change).where('id', '=', id).execute()
    },
  }
}

/** A row of `users` as the user it is about. */
export function fromUserRow(row: Omit<Selectable<CatalogTables['users']>, 'password_hash'>): User {
  return { id: row.id, email: row.email, name: row.name, createdAt: row.created_at, updatedAt: row.updated_at }
}
