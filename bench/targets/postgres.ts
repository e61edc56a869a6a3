/** A PostgreSQL of its own for a peer: made in a folder, on a free port, default settings. */
import { execFile } from 'node:child_process'
import { chmod, chown, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { bytesOnDisk } from '../lib/folders.ts'
import { freePort, startProgram, type Usage } from '../lib/process.ts'

const run = promisify(execFile)

export interface Postgres {
  readonly url: string
  /** Runs the statements of a text, in order; gives what they return, unaligned. */
  execute(statements: string): Promise<string>
  usage(): Promise<Usage>
  bytesOnDisk(): Promise<number>
  stop(): Promise<void>
}

/** `bin`: folder of its programs, '' for those on the PATH. */
export async function startPostgres(folder: string, bin: string): Promise<Postgres> {
  const program = (name: string) => (bin === '' ? name : join(bin, name))
  const [dataDir, port, user] = [join(folder, 'postgres'), await freePort(), await serverUser()]
  await mkdir(dataDir)
  // It refuses to run as root, and to share its folder.
  if (user) for (const path of [folder, dataDir]) await chown(path, user.uid, user.gid)
  await chmod(dataDir, 0o700)
  await run(program('initdb'), ['--pgdata', dataDir, '--username', 'postgres', '--auth', 'trust'], {
    cwd: '/',
    ...user,
  })
  const connection = ['--host', '127.0.0.1', '--port', String(port), '--username', 'postgres']
  const server = await startProgram({
    command: program('postgres'),
    args: ['-D', dataDir, '-p', String(port), '-h', '127.0.0.1', '-k', dataDir],
    env: {},
    cwd: '/',
    ...(user && { user }),
    isReady: () =>
      run(program('pg_isready'), connection).then(
        () => true,
        () => false,
      ),
  })
  const execute = async (statements: string) => {
    const file = join(folder, 'statements.sql')
    await writeFile(file, statements)
    const args = [...connection, '--dbname', 'xtrace', '--no-align', '--tuples-only', '-v', 'ON_ERROR_STOP=1', '-q']
    return (await run(program('psql'), [...args, '--file', file])).stdout.trim()
  }
  await run(program('createdb'), [...connection, 'xtrace'])
  return {
    url: `postgresql://postgres@127.0.0.1:${port}/xtrace`,
    execute,
    usage: () => server.usage(),
    bytesOnDisk: () => bytesOnDisk(dataDir),
    stop: () => server.stop(),
  }
}

/** The system's user `postgres` where we are root. */
async function serverUser(): Promise<{ uid: number; gid: number } | undefined> {
  if (process.getuid?.() !== 0) return undefined
  const [uid, gid] = await Promise.all(
    ['-u', '-g'].map(async (flag) => Number((await run('id', [flag, 'postgres'])).stdout)),
  )
  if (!uid || !gid) throw new Error('PostgreSQL does not run as root, and there is no user "postgres"')
  return { uid, gid }
}
