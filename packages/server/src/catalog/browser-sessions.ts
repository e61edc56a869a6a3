import { randomBytes, randomUUID } from 'node:crypto'
import type { Selectable } from 'kysely'
import type { CatalogDb, CatalogTables } from './database.ts'
import type { SecretHasher } from './secret-hash.ts'

/** Who is signed in at a browser: a user, or whoever had the token of the process. */
export type Principal =
  | { readonly kind: 'user'; readonly userId: string }
  | { readonly kind: 'token'; readonly token: string }

/** A browser that is signed in. Of its secret, and of a token, only hashes are kept. */
export interface BrowserSession {
  readonly id: string
  /** Null for a session of the token. */
  readonly userId: string | null
  /** Hash of the token that opened it; null for a session of a user. */
  readonly tokenHash: string | null
  /** When its secret was last made, in milliseconds since the epoch, as is the next. */
  readonly renewedAt: number
  readonly expiresAt: number
}

interface OpenedSession {
  readonly session: BrowserSession
  /** For the cookie; not to be had again. */
  readonly secret: string
}

export interface BrowserSessions {
  open(principal: Principal): Promise<OpenedSession>
  /** The session with this secret, unless it has expired. */
  find(secret: string): Promise<BrowserSession | undefined>
  /**
   * Gives the session a new secret and more time; the old secret opens it for a minute longer, for what other
   * tabs have under way. Undefined when another request has just done so.
   */
  renew(session: BrowserSession): Promise<OpenedSession | undefined>
  close(id: string): Promise<void>
  closeAllOf(userId: string): Promise<void>
  /** All of the user but one; gives how many there were. */
  closeOthersOf(userId: string, keptId: string): Promise<number>
  /** As kept in `tokenHash`. */
  hashToken(token: string): string
}

const DAY_MS = 24 * 60 * 60 * 1000
/** Without a visit. */
const IDLE_MS = 7 * DAY_MS
/** With visits: then one signs in again. */
const LIFE_MS = 30 * DAY_MS
const OVERLAP_MS = 60_000

interface Deps {
  readonly db: CatalogDb
  readonly hasher: SecretHasher
  readonly now: () => number
}

export function createBrowserSessions({ db, hasher, now }: Deps): BrowserSessions {
  const hashToken = (token: string) => hasher.hash(`token:${token}`)
  return {
    hashToken,
    open: async (principal) => {
      const [at, secret] = [now(), newSecret()]
      // Whoever signs in pays for sweeping up after those who left.
      await db.deleteFrom('browser_sessions').where('expires_at', '<=', at).execute()
      const row = {
        id: randomUUID(),
        secret_hash: hasher.hash(secret),
        previous_hash: null,
        user_id: principal.kind === 'user' ? principal.userId : null,
        token_hash: principal.kind === 'token' ? hashToken(principal.token) : null,
        created_at: at,
        renewed_at: at,
        expires_at: at + IDLE_MS,
      }
      await db.insertInto('browser_sessions').values(row).execute()
      return { session: fromRow(row), secret }
    },
    find: async (secret) => {
      const row = await findRow(db, hasher.hash(secret), now())
      return row && fromRow(row)
    },
    renew: async ({ id, renewedAt }) => {
      const [at, secret] = [now(), newSecret()]
      const row = await db
        .updateTable('browser_sessions')
        .set((eb) => ({
          previous_hash: eb.ref('secret_hash'),
          secret_hash: hasher.hash(secret),
          renewed_at: at,
          expires_at: at + IDLE_MS,
        }))
        .where('id', '=', id)
        .where('renewed_at', '=', renewedAt)
        .returningAll()
        .executeTakeFirst()
      return row && { session: fromRow(row), secret }
    },
    close: async (id) => {
      await db.deleteFrom('browser_sessions').where('id', '=', id).execute()
    },
    closeAllOf: async (userId) => {
      await db.deleteFrom('browser_sessions').where('user_id', '=', userId).execute()
    },
    closeOthersOf: async (userId, keptId) => {
      const others = db.deleteFrom('browser_sessions').where('user_id', '=', userId).where('id', '!=', keptId)
      return (await others.returning('id').execute()).length
    },
  }
}

const newSecret = () => randomBytes(32).toString('base64url')

type SessionRow = Selectable<CatalogTables['browser_sessions']>

async function findRow(db: CatalogDb, hash: string, at: number): Promise<SessionRow | undefined> {
  return await db
    .selectFrom('browser_sessions')
    .selectAll()
    .where((eb) =>
      eb.or([
        eb('secret_hash', '=', hash),
        eb.and([eb('previous_hash', '=', hash), eb('renewed_at', '>', at - OVERLAP_MS)]),
      ]),
    )
    .where('expires_at', '>', at)
    .where('created_at', '>', at - LIFE_MS)
    .executeTakeFirst()
}

function fromRow(row: SessionRow): BrowserSession {
  return {
    id: row.id,
    userId: row.user_id,
    tokenHash: row.token_hash,
    renewedAt: row.renewed_at,
    expiresAt: row.expires_at,
  }
}
