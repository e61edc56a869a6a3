import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { renderConfig, renderConfigDocs } from './describe.ts'
import { loadConfig, settingRows } from './load.ts'
import { Config } from './schema.ts'
import { defaultEngineMemory } from './setting.ts'

const GIB = 1024 ** 3

describe('loadConfig', () => {
  test('has a default for everything', () => {
    expect(loadConfig({})).toMatchObject({
      bindAddr: { host: '127.0.0.1', port: 8742 },
      rateLimitQps: 20,
      rateLimitBurst: 40,
      maxRequestBodyBytes: 20_971_520,
      allowUnauthenticatedCompat: false,
      eventLogMaxBytes: 2 * GIB,
      eventLogSync: 'always',
      listBudgetMs: 5000,
      readBarrierMs: 1000,
      logLevel: 'info',
    })
  })

  test.each([
    ['a host and port', { BIND_ADDR: 'example.org:80' }, { bindAddr: { host: 'example.org', port: 80 } }],
    ['an IPv6 address', { BIND_ADDR: '[::1]:80' }, { bindAddr: { host: '::1', port: 80 } }],
    ['every address', { BIND_ADDR: ':80' }, { bindAddr: { host: '0.0.0.0', port: 80 } }],
    ['bytes', { XTRACE_MAX_REQUEST_BODY_BYTES: '2048' }, { maxRequestBodyBytes: 2048 }],
    ['mebibytes', { XTRACE_MAX_REQUEST_BODY_BYTES: '5mib' }, { maxRequestBodyBytes: 5 * 1024 ** 2 }],
    ['a flag', { XTRACE_ALLOW_UNAUTHENTICATED_COMPAT: '1' }, { allowUnauthenticatedCompat: true }],
    ['a fraction', { RATE_LIMIT_QPS: '0.5' }, { rateLimitQps: 0.5 }],
    ['an empty value', { RATE_LIMIT_QPS: '' }, { rateLimitQps: 20 }],
    ['an alias', { LANGFUSE_PUBLIC_KEY: 'pk', LANGFUSE_SECRET_KEY: 'sk' }, { publicKey: 'pk' }],
    [
      'a name before its alias',
      { LANGFUSE_PUBLIC_KEY: 'a', XTRACE_PUBLIC_KEY: 'b', XTRACE_SECRET_KEY: 'c' },
      { publicKey: 'b' },
    ],
    ['variables of others', { LANGFUSE_ANYTHING: 'x', PATH: '/bin' }, {}],
  ])('takes %s', (...[, env, expected]) => {
    expect(loadConfig(env)).toMatchObject(expected)
  })

  test('keeps secrets from being printed', () => {
    const config = loadConfig({
      API_BEARER_TOKEN: 'hush',
      DATABASE_URL: 'postgres://me:hush@db/x',
      XTRACE_PUBLIC_KEY: 'pk',
      XTRACE_SECRET_KEY: 'hush',
    })
    expect(JSON.stringify(config)).not.toContain('hush')
    expect(renderConfig(config)).not.toContain('hush')
    expect(config.apiBearerToken?.reveal()).toBe('hush')
  })

  test.each([
    [
      'a misspelt name',
      { XTRACE_LOGLEVEL: 'info' },
      'There is no setting XTRACE_LOGLEVEL; did you mean XTRACE_LOG_LEVEL?',
    ],
    [
      'a name like no other',
      { XTRACE_ENABLE_TELEPORTATION_OF_CATS: '1' },
      'There is no setting XTRACE_ENABLE_TELEPORTATION_OF_CATS; see docs/config.md.',
    ],
    [
      'an unknown word',
      { XTRACE_LOG_LEVEL: 'loud' },
      "XTRACE_LOG_LEVEL must be one of debug, info, warn, error, silent, not 'loud'.",
    ],
    ['text for a number', { RATE_LIMIT_BURST: 'many' }, "RATE_LIMIT_BURST must be a whole number, not 'many'."],
    ['too little', { RATE_LIMIT_BURST: '0' }, /^RATE_LIMIT_BURST must be between 1 and /],
    ['a negative number', { RATE_LIMIT_QPS: '-1' }, "RATE_LIMIT_QPS must be a number that is not negative, not '-1'."],
    [
      'an unknown unit',
      { XTRACE_EVENT_LOG_MAX_BYTES: '2GB' },
      "XTRACE_EVENT_LOG_MAX_BYTES must be a number of bytes, such as 1073741824 or 1GiB, not '2GB'.",
    ],
    ['a port alone', { BIND_ADDR: '80' }, "BIND_ADDR must be an address and a port, such as 127.0.0.1:8742, not '80'."],
    ['a port too high', { BIND_ADDR: 'a:70000' }, /^BIND_ADDR must be/],
    ['a relative folder', { XTRACE_DATA_DIR: 'data' }, "XTRACE_DATA_DIR must be an absolute path, not 'data'."],
    [
      'a flag',
      { XTRACE_ALLOW_UNAUTHENTICATED_COMPAT: 'maybe' },
      "XTRACE_ALLOW_UNAUTHENTICATED_COMPAT must be 1 or 0, not 'maybe'.",
    ],
    [
      'a wrong URL, without showing it',
      { DATABASE_URL: 'mysql://me:hush@db' },
      'DATABASE_URL must be a URL that begins with postgres:// or postgresql://.',
    ],
    [
      'an encryption key that is none, without showing it',
      { XTRACE_ENCRYPTION_KEY: 'hush' },
      'XTRACE_ENCRYPTION_KEY must be 64 hex digits, such as `openssl rand -hex 32` prints.',
    ],
    [
      'a log that a body may not fit into',
      { XTRACE_EVENT_LOG_MAX_BYTES: '32MiB' },
      'XTRACE_EVENT_LOG_MAX_BYTES (33554432) must be at least twice XTRACE_MAX_REQUEST_BODY_BYTES (20971520).',
    ],
    ['a public URL with a query', { XTRACE_PUBLIC_URL: 'https://a/?b' }, /^XTRACE_PUBLIC_URL must be a URL/],
    [
      'half a pair',
      { XTRACE_PUBLIC_KEY: 'pk' },
      'XTRACE_PUBLIC_KEY is set but XTRACE_SECRET_KEY is not; set both or neither.',
    ],
    [
      'the other half, under its alias',
      { LANGFUSE_SECRET_KEY: 'sk' },
      'LANGFUSE_SECRET_KEY is set but XTRACE_PUBLIC_KEY is not; set both or neither.',
    ],
    [
      'two faults',
      { RATE_LIMIT_BURST: 'x', XTRACE_NO: '1' },
      /^There is no setting XTRACE_NO.*\nRATE_LIMIT_BURST must/,
    ],
  ])('refuses %s', (...[, env, message]) => {
    expect(() => loadConfig(env)).toThrow(message)
  })
})

test('every field of the schema has its row', () => {
  expect(Object.keys(settingRows())).toEqual(Object.keys(Config.shape))
  expect(Object.values(settingRows()).every(Boolean)).toBe(true)
})

test('docs/config.md is what the table says', async () => {
  await expect(renderConfigDocs()).toMatchFileSnapshot(resolve(import.meta.dirname, '../../../../docs/config.md'))
})

test('renderConfig prints what can be set again', () => {
  const text = renderConfig(loadConfig({ BIND_ADDR: '[::1]:80', XTRACE_LOG_LEVEL: 'warn' }))
  expect(text).toContain('BIND_ADDR=[::1]:80\n')
  expect(text).toContain('XTRACE_LOG_LEVEL=warn\n')
  expect(text).toContain('XTRACE_ALLOW_UNAUTHENTICATED_COMPAT=0\n')
  expect(text).toContain('# DATABASE_URL: a file in the data folder\n')
  const env = Object.fromEntries(
    text
      .split('\n')
      .filter((line) => /^\w/.test(line))
      .map((line) => line.split('=')),
  )
  expect(renderConfig(loadConfig(env))).toBe(text)
})

test.each([
  [1 * GIB, 0.5 * GIB],
  [16 * GIB, 4 * GIB],
  [256 * GIB, 8 * GIB],
])('of %i bytes of memory the engine gets %i', (total, expected) => {
  expect(defaultEngineMemory(total)).toBe(expected)
})
