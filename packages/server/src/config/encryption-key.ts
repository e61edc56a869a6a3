import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { AppError } from '#domain/errors.ts'
import { Secret } from '#lib/secret.ts'
import { keepFile, readIfThere } from './kept-file.ts'
import type { Config } from './schema.ts'
import { ENCRYPTION_KEY } from './setting.ts'

const FILE = 'encryption.key'

/**
 * The key, as 64 hex digits, under which secrets of others are kept in the catalogue: the configured one, or
 * that which the first start made and kept in the data folder with mode 0600, away from the catalogue.
 * @throws AppError `unavailable` when the file is damaged or can't be written
 */
export async function openEncryptionKey({ encryptionKey }: Config, dataDir: string): Promise<Secret> {
  if (encryptionKey) return encryptionKey
  const file = join(dataDir, FILE)
  const kept = (await readIfThere(file))?.trim()
  if (kept === undefined) {
    const made = randomBytes(32).toString('hex')
    await keepFile(file, `${made}\n`)
    return new Secret(made)
  }
  if (ENCRYPTION_KEY.test(kept)) return new Secret(kept)
  throw new AppError('unavailable', `${file} is damaged; restore it, or delete it and enter LLM connections anew`)
}
