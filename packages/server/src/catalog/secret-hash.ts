import { createHmac, timingSafeEqual } from 'node:crypto'
import type { CatalogDb } from './database.ts'
import { secretSetting } from './secret-settings.ts'

/** Turns secrets into what is stored of them; made for one installation. */
export interface SecretHasher {
  /** 64 hex digits, the same for the same secret, so that a key is found by one index lookup. */
  hash(secret: string): string
}

/**
 * HMAC-SHA256 under a salt that is made with the catalogue and kept in it. A slow hash would cost
 * 100 ms on the way of every request and gain nothing against secrets of 128 random bits; short
 * secrets that an operator chooses are guarded by the salt against ready-made tables only.
 */
export async function openSecretHasher(db: CatalogDb): Promise<SecretHasher> {
  const salt = await secretSetting(db, 'api_key_salt')
  return { hash: (secret) => createHmac('sha256', salt).update(secret, 'utf8').digest('hex') }
}

/** Compares two hashes in a time that does not tell where they differ. */
export function sameHash(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))
}

/** `sk-lf-…1a2b`: enough to recognise a secret by; of a short one only the first characters. */
export function maskSecret(secret: string): string {
  const head = /^[sp]k-(?:lf-)?/.exec(secret)?.[0] ?? ''
  return secret.length >= 24 ? `${head}...${secret.slice(-4)}` : `${head}...`
}
