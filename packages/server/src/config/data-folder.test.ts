import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openCredentials } from './credentials.ts'
import { defaultDataDir, openDataFolder } from './data-folder.ts'
import { lockFolder } from './folder-lock.ts'
import { loadConfig } from './load.ts'
import { processStart } from './process-start.ts'

let root = ''
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'xtrace-folder-'))
})
afterEach(() => rm(root, { recursive: true, force: true }))

test.each([
  ['linux', {}, '/home/ada', '/home/ada/.local/share/xtrace'],
  ['linux', { XDG_DATA_HOME: '/data' }, '/home/ada', '/data/xtrace'],
  ['linux', { XDG_DATA_HOME: 'data' }, '/home/ada', '/home/ada/.local/share/xtrace'],
  ['darwin', {}, '/Users/ada', '/Users/ada/Library/Application Support/xtrace'],
  ['win32', { LOCALAPPDATA: 'C:\\Local' }, 'C:\\Users\\ada', 'C:\\Local\\xtrace'],
  ['win32', {}, 'C:\\Users\\ada', 'C:\\Users\\ada\\AppData\\Local\\xtrace'],
] as const)('on %s with %o data lies in the right place', (...[platform, env, home, expected]) => {
  expect(defaultDataDir({ platform, env, home })).toBe(expected)
})

describe('openDataFolder', () => {
  test('makes a folder for its user alone', async () => {
    const path = join(root, 'a', 'b')
    await openDataFolder(path)
    expect((await stat(path)).mode & 0o777).toBe(0o700)
  })

  test('says why it can not be made', async () => {
    await writeFile(join(root, 'file'), '')
    await expect(openDataFolder(join(root, 'file', 'a'))).rejects.toThrow(/^The data folder .* can not be made: /)
  })
})

describe('lockFolder', () => {
  const lock = () => lockFolder(root, join(root, 'lock'))
  const holder = (fields: object) =>
    writeFile(join(root, 'lock'), JSON.stringify({ pid: process.pid, since: 'then', start: '', token: 't', ...fields }))

  test('refuses a second holder and names the first', async () => {
    await lock()
    await expect(lock()).rejects.toThrow(`The data folder ${root} is in use by process ${process.pid} since 2`)
  })

  test('lets go, once', async () => {
    const first = await lock()
    await first.release()
    const second = await lock()
    await first.release()
    await expect(lock()).rejects.toThrow('in use')
    await second.release()
    expect(await readdir(root)).toEqual([])
  })

  test('of many at once one wins', async () => {
    const results = await Promise.allSettled(Array.from({ length: 20 }, lock))
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await readdir(root)).toEqual(['lock'])
  })

  test('takes over from a process that died', async () => {
    const child = spawn(process.execPath, ['-e', ''])
    await once(child, 'exit')
    await holder({ pid: child.pid })
    await lock()
    expect(await readdir(root)).toEqual(['lock'])
  })

  test('takes over a damaged lock', async () => {
    await writeFile(join(root, 'lock'), '{"pid":')
    await lock()
    await expect(lock()).rejects.toThrow('in use')
  })

  test.skipIf(processStart(process.pid) === undefined)(
    'takes over from a process whose id was used again',
    async () => {
      await holder({ start: 'another boot/1' })
      await lock()
      await expect(lock()).rejects.toThrow('in use')
    },
  )

  test('trusts the id where the start is not known', async () => {
    await holder({ start: '' })
    await expect(lock()).rejects.toThrow(`process ${process.pid} since then`)
  })
})

describe('openCredentials', () => {
  const open = (env: Record<string, string>) => openCredentials(loadConfig(env), root)

  test('makes what is not configured once, and keeps it for its user alone', async () => {
    const first = await open({})
    expect(first).toMatchObject({
      projectId: 'default',
      isPairConfigured: false,
      isTokenConfigured: false,
      isNew: true,
    })
    expect(first.pair.publicKey).toMatch(/^pk-xt-/)
    const second = await open({})
    expect(second.isNew).toBe(false)
    expect(second.token.reveal()).toBe(first.token.reveal())
    expect(second.pair.secretKey.reveal()).toBe(first.pair.secretKey.reveal())
    expect((await stat(join(root, 'credentials.json'))).mode & 0o777).toBe(0o600)
    expect(second.encryptionKey.reveal()).toBe(first.encryptionKey.reveal())
    expect((await stat(join(root, 'encryption.key'))).mode & 0o777).toBe(0o600)
    expect((await readdir(root)).sort()).toEqual(['credentials.json', 'encryption.key'])
  })

  const token = { API_BEARER_TOKEN: 't', XTRACE_ENCRYPTION_KEY: 'ab'.repeat(32) }
  const pair = { LANGFUSE_PUBLIC_KEY: 'pk', LANGFUSE_SECRET_KEY: 'sk' }
  const initKeys = { LANGFUSE_INIT_PROJECT_PUBLIC_KEY: 'pk-i', LANGFUSE_INIT_PROJECT_SECRET_KEY: 'sk-i' }
  const init = { ...initKeys, LANGFUSE_INIT_PROJECT_ID: 'init' }

  test.each<[string, Record<string, string>, object]>([
    ['a pair', { ...token, ...pair }, { projectId: 'default', pair: { publicKey: 'pk' } }],
    [
      'a pair and its project',
      { ...token, ...pair, DEFAULT_PROJECT_ID: 'p' },
      { projectId: 'p', pair: { publicKey: 'pk' } },
    ],
    ['an initial project', { ...token, ...init }, { projectId: 'init', pair: { publicKey: 'pk-i' } }],
    ['an initial pair alone', { ...token, ...initKeys }, { projectId: 'default', pair: { publicKey: 'pk-i' } }],
    ['both pairs', { ...token, ...init, ...pair }, { projectId: 'init', pair: { publicKey: 'pk' } }],
  ])('makes nothing where all is configured: %s', async (_name, env, expected) => {
    const made = await open(env)
    expect(made).toMatchObject({ ...expected, isPairConfigured: true, isTokenConfigured: true, isNew: false })
    expect(made.token.reveal()).toBe('t')
    expect(await readdir(root)).toEqual([])
  })

  test('makes a pair for the default project when the initial one is another', async () => {
    const made = await open({ ...init, DEFAULT_PROJECT_ID: 'p' })
    expect(made).toMatchObject({
      projectId: 'p',
      isPairConfigured: false,
      pair: { publicKey: expect.stringMatching(/^pk-xt-/) },
    })
  })

  test('closes a file that others can read', async () => {
    await open({})
    await chmod(join(root, 'credentials.json'), 0o644)
    await open({})
    expect((await stat(join(root, 'credentials.json'))).mode & 0o777).toBe(0o600)
  })

  test('says so of a damaged encryption key, and leaves it', async () => {
    await writeFile(join(root, 'encryption.key'), 'ab')
    await expect(open({})).rejects.toThrow('encryption.key is damaged')
    expect(await readFile(join(root, 'encryption.key'), 'utf8')).toBe('ab')
  })

  test.each([
    ['half a file', '{"publicKey":'],
    ['a missing key', '{"publicKey":"a","token":"b"}'],
  ])('says so of %s, and leaves it', async (_name, text) => {
    await writeFile(join(root, 'credentials.json'), text)
    await expect(open({})).rejects.toThrow('credentials.json is damaged')
    expect(await readFile(join(root, 'credentials.json'), 'utf8')).toBe(text)
  })
})
