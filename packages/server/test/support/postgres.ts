/**
 * A Postgres for one run of the tests, where XTRACE_TEST_POSTGRES_HOME names the folder of its programs; its database is in
 * XTRACE_TEST_POSTGRES_URL then. It listens on a socket in a folder of its own and keeps nothing.
 */
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** `nobody` of Linux; on macOS, one who owns nothing. */
const NOBODY = { uid: 65534, gid: 65534 }

/** Gives what ends it; undefined where none is wanted. */
export async function setup(): Promise<(() => Promise<void>) | undefined> {
  const programs = process.env['XTRACE_TEST_POSTGRES_HOME']
  if (!programs || process.env['XTRACE_TEST_POSTGRES_URL']) return undefined
  const folder = await mkdtemp(join(tmpdir(), 'xtrace-postgres-'))
  try {
    const stop = await start(await atHome(programs, folder), folder)
    process.env['XTRACE_TEST_POSTGRES_URL'] = `postgres://postgres@localhost/postgres?host=${folder}`
    return async () => {
      await stop()
      await rm(folder, { recursive: true })
    }
  } catch (error) {
    await rm(folder, { recursive: true })
    throw error
  }
}

interface Home {
  readonly programs: string
  readonly user: Partial<typeof NOBODY>
}

/** Postgres refuses root, who may be the only one that can read the checkout. */
async function atHome(programs: string, folder: string): Promise<Home> {
  if (process.getuid?.() !== 0) return { programs, user: {} }
  const copy = join(folder, 'programs')
  await cp(programs, copy, { recursive: true, verbatimSymlinks: true })
  execFileSync('chown', ['-R', `${NOBODY.uid}:${NOBODY.gid}`, folder])
  return { programs: copy, user: NOBODY }
}

async function start({ programs, user }: Home, folder: string): Promise<() => Promise<void>> {
  const data = join(folder, 'data')
  const program = (name: string) => join(programs, 'bin', name)
  execFileSync(
    program('initdb'),
    ['--pgdata', data, '--username=postgres', '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync'],
    { ...user, stdio: ['ignore', 'ignore', 'inherit'] },
  )
  const settings = {
    listen_addresses: '',
    unix_socket_directories: folder,
    fsync: 'off',
    // Says when it is ready, and not which statements tests have refused.
    log_min_messages: 'log',
  }
  const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const server = spawn(program('postgres'), ['-D', data, ...args], { ...user, stdio: ['ignore', 'ignore', 'pipe'] })
  const isOver = once(server, 'exit')
  let said = ''
  await new Promise<void>((resolve, reject) => {
    server.stderr.on('data', (text) => {
      said += text
      if (said.includes('ready to accept connections')) resolve()
    })
    isOver.then(() => reject(new Error(`Postgres did not start: ${said}`)), reject)
  })
  return async () => {
    server.kill('SIGINT')
    await isOver
  }
}
