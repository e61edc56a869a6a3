import { createHash } from 'node:crypto'
import type { ProjectId } from '#domain/ids.ts'
import type { CatalogDb } from './database.ts'

const DAY_MS = 24 * 60 * 60 * 1000
const CLEAN_EVERY_MS = 60_000
const CLEAN_ROWS = 1_000

/** Remembers for 24 hours which requests were taken (xtrace-native contract §4). */
export interface Idempotency {
  /**
   * Claims the key for a request received at `receivedAt` (milliseconds since the epoch). Gives the time of
   * the claim that holds: the caller's own when it is the first in 24 hours, else that of the earlier request,
   * with which the same body gives the same records again. Durable when the promise resolves.
   */
  claim(projectId: ProjectId, key: string, receivedAt: number): Promise<number>
}

export function createIdempotency(db: CatalogDb): Idempotency {
  let cleanedAt = Number.NEGATIVE_INFINITY
  return {
    async claim(projectId, key, receivedAt) {
      if (receivedAt - cleanedAt >= CLEAN_EVERY_MS) {
        cleanedAt = receivedAt
        await forgetOld(db, receivedAt - DAY_MS)
      }
      return (
        (await insertClaim(db, { id: claimId(projectId, key), project_id: projectId, received_at: receivedAt })) ??
        receivedAt
      )
    },
  }
}

/** A key is as long as a header may be; its digest always fits an index. */
function claimId(projectId: ProjectId, key: string): string {
  return createHash('sha256')
    .update(JSON.stringify([projectId, key]))
    .digest('hex')
}

interface Claim {
  readonly id: string
  readonly project_id: string
  readonly received_at: number
}

async function insertClaim(db: CatalogDb, claim: Claim): Promise<number | undefined> {
  await db
    .insertInto('idempotency_keys')
    .values(claim)
    .onConflict((conflict) =>
      conflict
        .column('id')
        .doUpdateSet({ received_at: claim.received_at })
        .where('idempotency_keys.received_at', '<=', claim.received_at - DAY_MS),
    )
    .execute()
  const row = await db
    .selectFrom('idempotency_keys')
    .select('received_at')
    .where('id', '=', claim.id)
    .executeTakeFirst()
  return row?.received_at
}

/** A bounded number at a time, so that no request waits for a long delete; what is left goes with later claims. */
async function forgetOld(db: CatalogDb, before: number): Promise<void> {
  const old = db.selectFrom('idempotency_keys').select('id').where('received_at', '<=', before).orderBy('received_at')
  await db.deleteFrom('idempotency_keys').where('id', 'in', old.limit(CLEAN_ROWS)).execute()
}
