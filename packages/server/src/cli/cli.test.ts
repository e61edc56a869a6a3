import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { App } from '#app.ts'
import type { AppOptions } from '#app-options.ts'
import { openCredentials } from '#config/credentials.ts'
import { loadConfig } from '#config/load.ts'
import { buildAppOptions } from './app-options.ts'
import { runCli } from './cli.ts'
import type { World } from './world.ts'

let root = ''
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'xtrace-cli-'))
})
afterEach(() => rm(root, { recursive: true, force: true }))

const QUIET = { XTRACE_LOG_LEVEL: 'silent', BIND_ADDR: '127.0.0.1:0' }

/** A promise that resolves when it is told to. */
function openGate() {
  let open = () => {}
  const passed = new Promise<void>((resolve) => {
    open = resolve
  })
  return { passed, open }
}

interface Said {
  out: string
  err: string
  readonly exits: number[]
  readonly opened: AppOptions[]
  readonly events: string[]
}

/** A process that is none: what it says is kept, signals are sent by hand. */
function fakeWorld(part: Partial<World> = {}, app: Partial<App> = {}) {
  const said: Said = { out: '', err: '', exits: [], opened: [], events: [] }
  const listeners: ((signal: string) => void)[] = []
  const world: World = {
    args: ['serve'],
    env: { ...QUIET, XTRACE_DATA_DIR: root },
    platform: 'linux',
    home: '/home/ada',
    version: '1.2.3',
    webDir: '/web',
    out: (text) => {
      said.out += text
    },
    err: (text) => {
      said.err += text
    },
    onSignal: (listener) => listeners.push(listener),
    exit: (code) => said.exits.push(code),
    stopWithinMs: 5000,
    createApp: async (options) => {
      said.opened.push(options)
      return {
        routes: [],
        fetch: async () => new Response('hello'),
        beginClose: () => said.events.push('beginClose'),
        close: async () => {
          said.events.push('close')
        },
        ...app,
      }
    },
    ...part,
  }
  const send = () => {
    for (const listener of listeners) listener('SIGTERM')
  }
  return { world, said, send }
}

/** A server that is up, its address, and the promise of its exit code. */
async function started(part: Partial<World> = {}, app: Partial<App> = {}) {
  const { world, said, send } = fakeWorld(part, app)
  const ended = runCli(world)
  await vi.waitFor(() => expect(said.out + said.err).toMatch(/Reference|xtrace:/))
  const url = /at (http\S+)/.exec(said.out)?.[1] ?? ''
  return { said, send, ended, url }
}

describe('commands', () => {
  test.each([
    [['--help'], 0, /xtrace config +print the settings/],
    [['-h'], 0, /--version/],
    [['--version'], 0, /^1\.2\.3\n$/],
    [['-v'], 0, /^1\.2\.3\n$/],
    [['config'], 0, /^XTRACE_DATA_DIR=\/home\/ada\/\.local\/share\/xtrace$/m],
  ])('%s', async (...[args, code, text]) => {
    const { world, said } = fakeWorld({ args, env: QUIET })
    expect([await runCli(world), said.err]).toEqual([code, ''])
    expect(said.out).toMatch(text)
  })

  test.each([
    ['an unknown command', ['start'], {}, "xtrace: There is no command 'start'; see xtrace --help\n"],
    ['an option', ['serve', '--port'], {}, "xtrace: 'serve' takes nothing after it; see xtrace --help\n"],
    [
      'a wrong setting',
      ['serve'],
      { RATE_LIMIT_BURST: 'x' },
      "xtrace: RATE_LIMIT_BURST must be a whole number, not 'x'.\n",
    ],
    [
      'an unknown setting',
      ['config'],
      { XTRACE_LOGLEVEL: 'x' },
      'xtrace: There is no setting XTRACE_LOGLEVEL; did you mean XTRACE_LOG_LEVEL?\n',
    ],
  ])('refuses %s in one sentence', async (...[, args, env, sentence]) => {
    const { world, said } = fakeWorld({ args, env })
    expect([await runCli(world), said.out, said.err]).toEqual([1, '', sentence])
  })

  test('config masks secrets', async () => {
    const { world, said } = fakeWorld({ args: ['config'], env: { API_BEARER_TOKEN: 'hush' } })
    await runCli(world)
    expect(said.out).toContain('API_BEARER_TOKEN=[secret]\n')
  })
})

describe('serve', () => {
  test('prints the keys it made as lines to paste, once', async () => {
    const first = await started()
    const kept: Record<string, string> = JSON.parse(await readFile(join(root, 'credentials.json'), 'utf8'))
    for (const line of [
      `xtrace 1.2.3 at ${first.url}\n`,
      `Data:      ${root}\n`,
      `export LANGFUSE_HOST=${first.url}\n`,
      `export LANGFUSE_BASE_URL=${first.url}\n`,
      `export LANGFUSE_PUBLIC_KEY=${kept['publicKey']}\n`,
      `export LANGFUSE_SECRET_KEY=${kept['secretKey']}\n`,
      `export XTRACE_TOKEN=${kept['token']}\n`,
    ]) {
      expect(first.said.out).toContain(line)
    }
    first.send()
    expect(await first.ended).toBe(0)
    const second = await started()
    expect(second.said.out).not.toContain('export')
    expect(second.said.out).toContain('credentials.json')
    expect(second.said.opened[0]?.keys.secretKey).toBe(kept['secretKey'])
    second.send()
    await second.ended
  })

  test('prints no configured secret', async () => {
    const env = {
      ...QUIET,
      XTRACE_DATA_DIR: root,
      XTRACE_PUBLIC_KEY: 'pk',
      XTRACE_SECRET_KEY: 'hush',
      API_BEARER_TOKEN: 'hush',
    }
    const { said, send, ended } = await started({ env })
    expect(said.out).not.toMatch(/hush|credentials/)
    send()
    await ended
  })

  test('serves, and stops in order at a signal', async () => {
    const { url, said, send, ended } = await started()
    expect(await (await fetch(url)).text()).toBe('hello')
    send()
    expect([await ended, said.events, said.exits]).toEqual([0, ['beginClose', 'close'], []])
    await expect(fetch(url)).rejects.toThrow()
  })

  test('has a third of the time for stopping to store what is in the log', async () => {
    const { said, send, ended } = await started({ stopWithinMs: 9000 })
    send()
    await ended
    expect(said.opened).toMatchObject([{ stopTimeoutMs: 3000 }])
  })

  test('lets a request under way end', async () => {
    const gate = openGate()
    const entered = openGate()
    const { url, said, send, ended } = await started(
      {},
      {
        fetch: async () => {
          entered.open()
          await gate.passed
          return new Response('late')
        },
      },
    )
    const answer = fetch(url)
    await entered.passed
    send()
    gate.open()
    expect(await (await answer).text()).toBe('late')
    expect([await ended, said.events]).toEqual([0, ['beginClose', 'close']])
  })

  test('is cut short when it can not stop', async () => {
    const gate = openGate()
    const { said, send, ended } = await started({ stopWithinMs: 20 }, { close: () => gate.passed })
    send()
    await vi.waitFor(() => expect(said.exits).toEqual([1]))
    expect(said.err).toBe('xtrace did not stop within 0.02 s and was ended; nothing acknowledged is lost\n')
    gate.open()
    await ended
  })

  test('a second signal ends it at once', async () => {
    const gate = openGate()
    const { said, send, ended } = await started({}, { close: () => gate.passed })
    send()
    send()
    expect(said.exits).toEqual([1])
    gate.open()
    await ended
  })

  test('a second process on the folder is refused by name of the first', async () => {
    const first = await started()
    const second = await started()
    expect(await second.ended).toBe(1)
    expect(second.said.err).toMatch(
      new RegExp(`^xtrace: The data folder ${root} is in use by process ${process.pid} since `),
    )
    expect(second.said.opened).toEqual([])
    first.send()
    await first.ended
  })

  test('a taken port is a sentence, and what was opened is closed', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const bound = other.address()
    const port = bound !== null && typeof bound === 'object' ? bound.port : 0
    const { said, ended } = await started({ env: { ...QUIET, XTRACE_DATA_DIR: root, BIND_ADDR: `127.0.0.1:${port}` } })
    expect(await ended).toBe(1)
    expect(said.err).toBe(
      `xtrace: 127.0.0.1:${port} is taken by another program; stop it, or set BIND_ADDR to another port\n`,
    )
    expect(said.events).toEqual(['close'])
    other.close()
  })

  test('a failure to open lets the folder go', async () => {
    const failing = await started({ createApp: () => Promise.reject(new Error('no engine')) })
    expect(await failing.ended).toBe(1)
    expect(failing.said.err).toContain('no engine')
    const next = await started()
    next.send()
    expect(await next.ended).toBe(0)
  })
})

describe('buildAppOptions', () => {
  const build = async (env: Record<string, string>) => {
    const config = loadConfig(env)
    return buildAppOptions(config, await openCredentials(config, root))
  }
  const init = {
    LANGFUSE_INIT_ORG_ID: 'org',
    LANGFUSE_INIT_ORG_NAME: 'Org',
    LANGFUSE_INIT_PROJECT_ID: 'init',
    LANGFUSE_INIT_PROJECT_NAME: 'Init',
    LANGFUSE_INIT_PROJECT_PUBLIC_KEY: 'pk-i',
    LANGFUSE_INIT_PROJECT_SECRET_KEY: 'sk-i',
  }
  const pair = { XTRACE_PUBLIC_KEY: 'pk', XTRACE_SECRET_KEY: 'sk' }

  test.each<[string, Record<string, string>, object]>([
    ['nothing set', {}, { project: { id: 'default', name: 'default' }, isLoopback: true, isOpenCompat: false }],
    [
      'an initial project',
      init,
      {
        project: { id: 'init', name: 'Init' },
        organization: { id: 'org', name: 'Org' },
        keys: { publicKey: 'pk-i', secretKey: 'sk-i' },
      },
    ],
    [
      'another default project',
      { ...init, ...pair, DEFAULT_PROJECT_ID: 'p' },
      {
        project: { id: 'p', name: 'p' },
        keys: { publicKey: 'pk', secretKey: 'sk' },
        seed: { project: { id: 'init', name: 'Init' }, keys: { publicKey: 'pk-i', secretKey: 'sk-i' } },
      },
    ],
    [
      'stores elsewhere',
      { DATABASE_URL: 'postgres://a/b', CLICKHOUSE_URL: 'http://c:8123/d' },
      { catalogUrl: 'postgres://a/b', engineUrl: 'http://c:8123/d' },
    ],
    ['an open address', { BIND_ADDR: ':80' }, { isLoopback: false }],
    ['open compatibility', { XTRACE_ALLOW_UNAUTHENTICATED_COMPAT: '1' }, { isOpenCompat: true }],
    [
      'open compatibility beside a pair',
      { ...pair, XTRACE_ALLOW_UNAUTHENTICATED_COMPAT: '1' },
      { isOpenCompat: false },
    ],
  ])('%s', async (_name, env, expected) => {
    expect(await build(env)).toMatchObject(expected)
  })

  test('a project is not seeded twice', async () => {
    expect(await build(init)).not.toHaveProperty('seed')
  })
})
