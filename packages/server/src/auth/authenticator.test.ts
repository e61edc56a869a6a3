import { describe, expect, test } from 'vitest'
import type { ApiKey } from '#catalog/keys.ts'
import { organizationId, projectId } from '#domain/ids.ts'
import { type Logger, silentLogger } from '#telemetry/logger.ts'
import { type AuthenticatorOptions, createAuthenticator } from './authenticator.ts'

const PUBLIC = 'pk-lf-one'
const SECRET = 'sk-lf-one'
const basic = (pair: string) => `Basic ${Buffer.from(pair).toString('base64')}`

interface Stored extends ApiKey {
  readonly secret: string
}

const stored = (name: string): Stored => ({
  id: `id-${name}`,
  projectId: projectId(name),
  publicKey: `pk-lf-${name}`,
  secret: `sk-lf-${name}`,
  displaySecret: '',
  note: undefined,
  expiresAt: undefined,
  createdAt: 0,
  lastUsedAt: undefined,
})

/** Keys in memory that count how often they are asked. */
function memoryKeys(...held: Stored[]) {
  const listeners = new Set<() => void>()
  const touched: string[] = []
  const state = { asked: 0, fail: false }
  const find = async (test: (key: Stored) => boolean) => {
    state.asked++
    if (state.fail) throw new Error('no database')
    return held.find(test)
  }
  return {
    state,
    touched,
    add(key: Stored) {
      held.push(key)
      for (const listener of listeners) listener()
    },
    revokeAll() {
      held.length = 0
      for (const listener of listeners) listener()
    },
    findBySecret: (secret: string) => find((key) => key.secret === secret),
    findByPublicKey: (publicKey: string) => find((key) => key.publicKey === publicKey),
    touch: (id: string) => touched.push(id),
    onChange: (listener: () => void) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

const organizationKeys = {
  findBySecret: async (secret: string) => {
    if (secret !== 'sk-lf-org') return undefined
    const fields = { id: 'id-org', organizationId: organizationId('org'), publicKey: 'pk-lf-org' }
    return { ...fields, displaySecret: '', note: undefined, createdAt: 0, lastUsedAt: undefined }
  },
  touch: () => {},
}

function setUp(options: Partial<AuthenticatorOptions> = {}) {
  const keys = memoryKeys(stored('one'))
  const token = { secret: 'token-of-process', projectId: projectId('default') }
  const authenticator = createAuthenticator({ keys, organizationKeys, token, logger: silentLogger, ...options })
  return { keys, authenticate: (header?: string) => authenticator.authenticate(header) }
}

const project = { caller: { projectId: 'one', scope: 'project', isToken: false, publicKey: PUBLIC } }

describe('authenticator', () => {
  test.each([
    ['key pair', basic(`${PUBLIC}:${SECRET}`), project],
    ['mismatched public key: the secret decides', basic(`pk-lf-other:${SECRET}`), project],
    ['public key as bearer', `Bearer ${PUBLIC}`, { caller: { ...project.caller, scope: 'scores' } }],
    [
      'token',
      'Bearer token-of-process',
      { caller: { projectId: 'default', scope: 'project', isToken: true, publicKey: 'token' } },
    ],
  ])('accepts: %s', async (_, header, expected) => {
    expect(await setUp().authenticate(header)).toEqual(expected)
  })

  test.each([
    ['no header', undefined, 'missing'],
    ['empty header', '', 'scheme'],
    ['other scheme', `Digest ${PUBLIC}`, 'scheme'],
    ['scheme in lower case', basic(`${PUBLIC}:${SECRET}`).replace('Basic', 'basic'), 'scheme'],
    ['two spaces', basic(`${PUBLIC}:${SECRET}`).replace(' ', '  '), 'scheme'],
    ['no colon', basic(PUBLIC), 'scheme'],
    ['no public key', basic(`:${SECRET}`), 'scheme'],
    ['no secret', basic(`${PUBLIC}:`), 'scheme'],
    ['not base64', 'Basic ????', 'scheme'],
    ['bearer of nothing', 'Bearer ', 'scheme'],
    ['endless header', `Bearer ${'x'.repeat(10_000)}`, 'scheme'],
    ['wrong secret', basic(`${PUBLIC}:sk-lf-two`), 'credentials'],
    ['public key as secret', basic(`${PUBLIC}:${PUBLIC}`), 'credentials'],
    ['token as a pair', basic('token:token-of-process'), 'credentials'],
    ['secret as bearer', `Bearer ${SECRET}`, 'public_key'],
    ['beginning of the token', 'Bearer token-of', 'public_key'],
  ])('refuses: %s', async (_, header, failure) => {
    expect(await setUp().authenticate(header)).toEqual({ failure })
  })

  test('an organization key opens the organization, as a pair only', async () => {
    const { authenticate } = setUp()
    const organization = { organizationId: 'org', publicKey: 'pk-lf-org' }
    expect(await authenticate(basic('pk-lf-org:sk-lf-org'))).toEqual({ organization })
    expect(await authenticate('Bearer pk-lf-org')).toEqual({ failure: 'public_key' })
  })

  test('without a token nothing passes for it', async () => {
    const keys = memoryKeys()
    const { authenticate } = createAuthenticator({ keys, organizationKeys, logger: silentLogger })
    expect(await authenticate('Bearer undefined')).toEqual({ failure: 'public_key' })
  })

  test.each([
    ['good', basic(`${PUBLIC}:${SECRET}`)],
    ['bad', basic(`${PUBLIC}:sk-no`)],
  ])('a %s credential is looked up once', async (_, header) => {
    const { keys, authenticate } = setUp()
    const first = await authenticate(header)
    expect(await authenticate(header)).toEqual(first)
    expect(keys.state.asked).toBe(1)
  })

  test('bad credentials do not push out good ones', async () => {
    const { keys, authenticate } = setUp({ cacheSize: 2 })
    await authenticate(basic(`${PUBLIC}:${SECRET}`))
    for (let n = 0; n < 5; n++) await authenticate(basic(`pk:sk-${n}`))
    await authenticate(basic(`${PUBLIC}:${SECRET}`))
    expect(keys.state.asked).toBe(6)
  })

  test('a key that was refused works as soon as it is made', async () => {
    const { keys, authenticate } = setUp()
    expect(await authenticate(basic('pk-lf-two:sk-lf-two'))).toEqual({ failure: 'credentials' })
    keys.add(stored('two'))
    expect(await authenticate(basic('pk-lf-two:sk-lf-two'))).toMatchObject({ caller: { projectId: 'two' } })
  })

  test('a revoked key stops at once, also when its lookup was under way', async () => {
    const { keys, authenticate } = setUp()
    const underWay = authenticate(basic(`${PUBLIC}:${SECRET}`))
    keys.revokeAll()
    await underWay
    expect(await authenticate(basic(`${PUBLIC}:${SECRET}`))).toEqual({ failure: 'credentials' })
  })

  test('every use of a key is noted, the token has none', async () => {
    const { keys, authenticate } = setUp()
    await authenticate(basic(`${PUBLIC}:${SECRET}`))
    await authenticate(basic(`${PUBLIC}:${SECRET}`))
    await authenticate('Bearer token-of-process')
    expect(keys.touched).toEqual(['id-one', 'id-one'])
  })

  test('a catalogue that can not be read is not a bad credential, and nothing of it is kept', async () => {
    const { keys, authenticate } = setUp()
    keys.state.fail = true
    await expect(authenticate(basic(`${PUBLIC}:${SECRET}`))).rejects.toMatchObject({ code: 'unavailable' })
    keys.state.fail = false
    expect(await authenticate(basic(`${PUBLIC}:${SECRET}`))).toEqual(project)
  })

  test('a mismatched public key is logged once, without what might be a secret', async () => {
    const lines: string[] = []
    const logger: Logger = {
      ...silentLogger,
      warn: (fields, message) => lines.push(JSON.stringify({ fields, message })),
    }
    const { authenticate } = setUp({ logger })
    for (let n = 0; n < 3; n++) await authenticate(basic(`${SECRET}:${SECRET}`))
    expect(lines).toHaveLength(1)
    expect(lines[0]).not.toContain(SECRET)
  })
})
