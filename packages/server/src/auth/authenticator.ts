import { createHash, hash, timingSafeEqual } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import type { ApiKey, Keys } from '#catalog/keys.ts'
import type { OrganizationKeys } from '#catalog/organization-keys.ts'
import { maskSecret } from '#catalog/secret-hash.ts'
import { AppError } from '#domain/errors.ts'
import type { ProjectId } from '#domain/ids.ts'
import type { Logger } from '#telemetry/logger.ts'
import { type Credential, parseAuthorization } from './authorization.ts'
import type { Authenticator, AuthResult, Caller } from './caller.ts'

export interface AuthenticatorOptions {
  readonly keys: Pick<Keys, 'findBySecret' | 'findByPublicKey' | 'touch' | 'onChange'>
  readonly organizationKeys: Pick<OrganizationKeys, 'findBySecret' | 'touch'>
  /** The bearer token of the process and the project that it works on. */
  readonly token?: { readonly secret: string; readonly projectId: ProjectId }
  readonly logger: Logger
  /** How long a credential is trusted, or refused, without asking again; edits made here count at once. Default 10 s. */
  readonly cacheTtlMs?: number
  /** Results kept of each kind. */
  readonly cacheSize?: number
}

interface Outcome {
  readonly result: AuthResult
  /** Notes the use of the key. */
  touch?(): void
}

/** Checks credentials against the token and the catalogue's keys (langfuse-ingestion contract §1.1). */
export function createAuthenticator(options: AuthenticatorOptions): Authenticator {
  const { keys, cacheTtlMs = 10_000, cacheSize = 10_000 } = options
  const limits = { max: cacheSize, ttl: cacheTtlMs }
  // Apart, so that a flood of bad credentials can't push out the good ones.
  const accepted = new LRUCache<string, Outcome>(limits)
  const refused = new LRUCache<string, Outcome>(limits)
  let edits = 0
  keys.onChange(() => {
    edits++
    accepted.clear()
    refused.clear()
  })
  const look = createLookup(options)

  const check = async (authorization: string): Promise<Outcome> => {
    const digest = hash('sha256', authorization, 'base64')
    const known = accepted.get(digest) ?? refused.get(digest)
    if (known) return known
    const asked = edits
    const outcome = await look(parseAuthorization(authorization))
    const cache = 'failure' in outcome.result ? refused : accepted
    // What was looked up before an edit must not outlive it.
    if (asked === edits) cache.set(digest, outcome)
    return outcome
  }

  return {
    async authenticate(authorization) {
      if (authorization === undefined) return { failure: 'missing' }
      const outcome = await check(authorization)
      outcome.touch?.()
      return outcome.result
    },
  }
}

function createLookup(options: AuthenticatorOptions): (credential: Credential) => Promise<Outcome> {
  const { keys, organizationKeys, logger } = options
  const isToken = createTokenCheck(options.token?.secret)
  const found = (key: ApiKey, scope: Caller['scope']): Outcome => {
    const caller = { projectId: key.projectId, scope, isToken: false, publicKey: key.publicKey }
    return { result: { caller }, touch: () => keys.touch(key.id) }
  }
  const bearer = async (text: string): Promise<Outcome> => {
    if (options.token && isToken(text)) return { result: { caller: tokenCaller(options.token.projectId) } }
    const key = await asked(keys.findByPublicKey(text))
    return key ? found(key, 'scores') : { result: { failure: 'public_key' } }
  }
  const organization = async (secretKey: string): Promise<Outcome> => {
    const key = await asked(organizationKeys.findBySecret(secretKey))
    if (!key) return { result: { failure: 'credentials' } }
    const { organizationId, publicKey, id } = key
    return { result: { organization: { organizationId, publicKey } }, touch: () => organizationKeys.touch(id) }
  }
  const basic = async (publicKey: string, secretKey: string): Promise<Outcome> => {
    const key = await asked(keys.findBySecret(secretKey))
    if (!key) return organization(secretKey)
    if (key.publicKey !== publicKey) {
      const fields = { projectId: key.projectId, publicKey: key.publicKey, sentPublicKey: maskSecret(publicKey) }
      logger.warn(fields, 'a client sends a public key that does not belong to its secret key; the secret key decides')
    }
    return found(key, 'project')
  }
  return async (credential) => {
    switch (credential.kind) {
      case 'invalid':
        return { result: { failure: 'scheme' } }
      case 'bearer':
        return bearer(credential.token)
      case 'basic':
        return basic(credential.publicKey, credential.secretKey)
    }
  }
}

function tokenCaller(projectId: ProjectId): Caller {
  return { projectId, scope: 'project', isToken: true, publicKey: 'token' }
}

async function asked<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer
  } catch (cause) {
    throw new AppError('unavailable', undefined, { cause })
  }
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text, 'utf8').digest()
}

/** Tells whether a text is the token. Digests are compared, as they have one length whatever was sent. */
export function createTokenCheck(token: string | undefined): (text: string) => boolean {
  if (!token) return () => false
  const expected = sha256(token)
  return (text) => timingSafeEqual(sha256(text), expected)
}
