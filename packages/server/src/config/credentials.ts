import { randomBytes, randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { z } from 'zod'
import { AppError } from '#domain/errors.ts'
import { type ProjectId, projectId } from '#domain/ids.ts'
import { Secret } from '#lib/secret.ts'
import { openEncryptionKey } from './encryption-key.ts'
import { keepFile, readIfThere } from './kept-file.ts'
import type { Config } from './schema.ts'

export interface KeyPair {
  readonly publicKey: string
  readonly secretKey: Secret
}

/** What clients may present from the first moment on; further keys live in the catalogue. */
export interface Credentials {
  /** The project of the token and of the pair. */
  readonly projectId: ProjectId
  readonly token: Secret
  readonly pair: KeyPair
  /** Under which secrets of others are kept; 64 hex digits. */
  readonly encryptionKey: Secret
  readonly isTokenConfigured: boolean
  readonly isPairConfigured: boolean
  /** Whether this start made something that its user has not seen yet. */
  readonly isNew: boolean
}

const FILE = 'credentials.json'

/**
 * The configured credentials, and for what is not configured those that the first start made and
 * kept in the data folder with mode 0600.
 * @throws AppError `unavailable` when the file is damaged or can't be written
 */
export async function openCredentials(config: Config, dataDir: string): Promise<Credentials> {
  const pair = configuredPair(config)
  const token = config.apiBearerToken
  const common = {
    projectId: defaultProject(config),
    encryptionKey: await openEncryptionKey(config, dataDir),
    isPairConfigured: pair !== undefined,
    isTokenConfigured: token !== undefined,
  }
  if (pair && token) return { ...common, pair, token, isNew: false }
  const { made, isNew } = await openMade(join(dataDir, FILE))
  return {
    ...common,
    token: token ?? new Secret(made.token),
    pair: pair ?? { publicKey: made.publicKey, secretKey: new Secret(made.secretKey) },
    isNew,
  }
}

/** DEFAULT_PROJECT_ID, else the project that LANGFUSE_INIT_ names, else `default`. */
function defaultProject(config: Config): ProjectId {
  return projectId(config.defaultProjectId ?? config.initProjectId ?? 'default')
}

/** The LANGFUSE_INIT_ pair, if there is one; it belongs to LANGFUSE_INIT_PROJECT_ID or the default project. */
export function initPair({ initProjectPublicKey, initProjectSecretKey }: Config): KeyPair | undefined {
  if (!initProjectPublicKey || !initProjectSecretKey) return undefined
  return { publicKey: initProjectPublicKey, secretKey: initProjectSecretKey }
}

function configuredPair(config: Config): KeyPair | undefined {
  const { publicKey, secretKey, initProjectId } = config
  if (publicKey && secretKey) return { publicKey, secretKey }
  const isOfDefault = initProjectId === undefined || initProjectId === defaultProject(config)
  return isOfDefault ? initPair(config) : undefined
}

const Made = z.object({ publicKey: z.string().min(1), secretKey: z.string().min(1), token: z.string().min(1) })
type Made = z.output<typeof Made>

async function openMade(file: string): Promise<{ made: Made; isNew: boolean }> {
  const kept = await readIfThere(file)
  if (kept !== undefined) return { made: parseMade(kept, file), isNew: false }
  const made = {
    publicKey: `pk-xt-${randomUUID()}`,
    secretKey: `sk-xt-${randomUUID()}`,
    token: `xt-${randomBytes(32).toString('base64url')}`,
  }
  await keepFile(file, `${JSON.stringify(made, null, 2)}\n`)
  return { made, isNew: true }
}

function parseMade(text: string, file: string): Made {
  try {
    return Made.parse(JSON.parse(text))
  } catch (cause) {
    throw new AppError('unavailable', `${file} is damaged; restore it, or delete it to have new keys made`, { cause })
  }
}
