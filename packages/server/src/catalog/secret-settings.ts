import { randomBytes } from 'node:crypto'
import type { CatalogDb } from './database.ts'

/** 32 random bytes that are made with the catalogue, kept in it under `name`, and the same for all who open it. */
export async function secretSetting(db: CatalogDb, name: string): Promise<Buffer> {
  // Insert first, then read: of several processes that start at once, one wins and all read its bytes.
  await db
    .insertInto('settings')
    .values({ name, value: randomBytes(32).toString('hex') })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute()
  const row = await db.selectFrom('settings').select('value').where('name', '=', name).executeTakeFirstOrThrow()
  return Buffer.from(row.value, 'hex')
}
