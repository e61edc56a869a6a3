import { randomBytes, randomUUID } from 'node:crypto'
import { chmod, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { AppError } from '#domain/errors.ts'
import { type ProjectId, projectId } from '#domain/ids.ts'
import { Secret } from '#lib/secret.ts'
import type { Config } from './schema.ts'

export interface ProjectPair {
  readonly projectId: ProjectId
  readonly publicKey: string
  readonly secretKey: Secret
}

/** What clients may present from the first moment on; further keys live in the catalogue. */
export interface Credentials {
  /** Bearer token; works on the default project. */
  readonly token: Secret
  /** The pair of the default project first. */
  readonly pairs: readonly [ProjectPair, ...ProjectPair[]]
  /** The project of the token. */
  readonly defaultProjectId: ProjectId
  /** Whether a pair was configured, rather than made by us. */
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
  const project = projectId(config.defaultProjectId ?? config.initProjectId ?? 'default')
  const [first, ...others] = configuredPairs(config, project)
  const common = { defaultProjectId: project, isPairConfigured: first !== undefined }
  if (first && config.apiBearerToken) {
    return { ...common, token: config.apiBearerToken, pairs: [first, ...others], isNew: false }
  }
  const { made, isNew } = await openMade(join(dataDir, FILE))
  const { publicKey, secretKey, token } = made
  return {
    ...common,
    token: config.apiBearerToken ?? new Secret(token),
    pairs: [first ?? { projectId: project, publicKey, secretKey: new Secret(secretKey) }, ...others],
    isNew,
  }
}

function configuredPairs(config: Config, defaultProject: ProjectId): ProjectPair[] {
  const { publicKey, secretKey, initProjectId, initProjectPublicKey, initProjectSecretKey } = config
  const initProject = initProjectId === undefined ? defaultProject : projectId(initProjectId)
  return [
    ...(publicKey && secretKey ? [{ projectId: defaultProject, publicKey, secretKey }] : []),
    ...(initProjectPublicKey && initProjectSecretKey
      ? [{ projectId: initProject, publicKey: initProjectPublicKey, secretKey: initProjectSecretKey }]
      : []),
  ]
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
  await keep(file, made)
  return { made, isNew: true }
}

function parseMade(text: string, file: string): Made {
  try {
    return Made.parse(JSON.parse(text))
  } catch (cause) {
    throw new AppError('unavailable', `${file} is damaged; restore it, or delete it to have new keys made`, { cause })
  }
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    await chmod(file, 0o600)
    return await readFile(file, 'utf8')
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined
    throw new AppError('unavailable', `${file} can not be read`, { cause })
  }
}

/** Written beside and renamed, so that a crash leaves a whole file or none. */
async function keep(file: string, made: Made): Promise<void> {
  const draft = `${file}.new`
  try {
    await writeFile(draft, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600, flush: true })
    await rename(draft, file)
  } catch (cause) {
    throw new AppError('unavailable', `${file} can not be written`, { cause })
  }
}
