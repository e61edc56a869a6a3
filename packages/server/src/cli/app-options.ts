import type { AppOptions } from '#app-options.ts'
import { type Credentials, initPair, type KeyPair } from '#config/credentials.ts'
import type { Config } from '#config/schema.ts'

/** What the settings decide of an app; the rest (version, folders, logger, metrics) is the process's own. */
export type SettledOptions = Omit<AppOptions, 'version' | 'dataDir' | 'webDir' | 'logger' | 'metrics'>

const MAX_SEGMENT_BYTES = 8 * 1024 * 1024

/** Settings and credentials in the terms of the composition root. */
export function buildAppOptions(config: Config, credentials: Credentials): SettledOptions {
  const organizationId = config.initOrgId ?? 'default'
  const organization = { id: organizationId, name: config.initOrgName ?? organizationId }
  const { projectId } = credentials
  const isInit = config.initProjectId === undefined || config.initProjectId === projectId
  return {
    organization,
    project: { id: projectId, name: (isInit ? config.initProjectName : undefined) ?? projectId },
    keys: revealed(credentials.pair),
    token: credentials.token.reveal(),
    ...(config.adminApiKey && { adminKey: config.adminApiKey.reveal() }),
    ...organizationAccess(config),
    ...seedOf(config, { organization, isInit }),
    ...(config.databaseUrl && { catalogUrl: config.databaseUrl.reveal() }),
    ...(config.clickhouseUrl && { engineUrl: config.clickhouseUrl.reveal() }),
    engine: engineOptions(config),
    log: logOptions(config),
    diskReserveBytes: config.diskReserveBytes,
    deadLetterMaxBytes: config.deadLettersMaxBytes,
    http: {
      maxBodyBytes: config.maxRequestBodyBytes,
      maxBodiesBytes: config.bodiesMaxBytes,
      readBarrierMs: config.readBarrierMs,
    },
    listBudgetMs: config.listBudgetMs,
    isOpenCompat: config.allowUnauthenticatedCompat && !credentials.isPairConfigured,
    isLoopback: isLoopback(config.bindAddr.host),
    encryptionKey: Buffer.from(credentials.encryptionKey.reveal(), 'hex'),
    mediaMaxBytes: config.mediaMaxBytes,
    retention: { maxAgeDays: config.retentionDays, maxProjectBytes: config.projectMaxBytes },
    ...(config.publicUrl && { publicUrl: config.publicUrl }),
    readLimit: { qps: config.rateLimitQps, burst: config.rateLimitBurst },
  }
}

export function engineOptions(config: Config): AppOptions['engine'] {
  return {
    memoryBytes: config.engineMemoryBytes,
    maxQuerySeconds: config.queryMaxSeconds,
    maxQueryMemoryBytes: Math.floor(config.engineMemoryBytes / 2),
  }
}

export function logOptions(config: Config): AppOptions['log'] {
  return {
    maxBytes: config.eventLogMaxBytes,
    segmentBytes: Math.min(MAX_SEGMENT_BYTES, Math.floor(config.eventLogMaxBytes / 4)),
    sync: config.eventLogSync,
    syncIntervalMs: config.eventLogSyncIntervalMs,
  }
}

/** The pair and the owner of the organization, where the settings name them. */
function organizationAccess(config: Config): Pick<AppOptions, 'organizationKeys' | 'owner'> {
  const {
    initOrgPublicKey: publicKey,
    initOrgSecretKey: secretKey,
    initUserEmail: email,
    initUserPassword: password,
  } = config
  return {
    ...(publicKey && secretKey && { organizationKeys: revealed({ publicKey, secretKey }) }),
    ...(email && {
      owner: {
        email,
        name: config.initUserName ?? email,
        ...(password && { password: password.reveal() }),
      },
    }),
  }
}

/** The LANGFUSE_INIT_ project, where it is not the default one. */
function seedOf(
  config: Config,
  { organization, isInit }: { organization: AppOptions['organization']; isInit: boolean },
): Pick<AppOptions, 'seed'> {
  const id = config.initProjectId
  if (isInit || id === undefined) return {}
  const pair = initPair(config)
  return {
    seed: { organization, project: { id, name: config.initProjectName ?? id }, ...(pair && { keys: revealed(pair) }) },
  }
}

function revealed({ publicKey, secretKey }: KeyPair): AppOptions['keys'] {
  return { publicKey, secretKey: secretKey.reveal() }
}

/** True where only this machine can connect. */
function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host)
}
