/** For tests: commands over a data folder, in a process that is none. */
import { openDataFolder } from '#config/data-folder.ts'
import { runCli } from './cli.ts'
import { listen } from './listen.ts'
import { noteServer } from './server-note.ts'

export interface Outcome {
  readonly code: number
  readonly out: string
  readonly err: string
}

export async function runOver(dataDir: string, args: readonly string[]): Promise<Outcome> {
  const said = { out: '', err: '' }
  const code = await runCli({
    args,
    env: { XTRACE_DATA_DIR: dataDir, XTRACE_LOG_LEVEL: 'silent' },
    platform: 'linux',
    home: dataDir,
    version: '1.2.3',
    webDir: dataDir,
    out: (text) => {
      said.out += text
    },
    err: (text) => {
      said.err += text
    },
    onSignal: () => {},
    exit: () => {},
    stopWithinMs: 1,
    createApp: () => Promise.reject(new Error('no app is opened')),
  })
  return { code, ...said }
}

/** The same while a server has the folder, which gives this answer; what it was asked goes along. */
export async function runBeside(
  dataDir: string,
  answer: Response,
  args: readonly string[],
): Promise<Outcome & { readonly asked: readonly string[] }> {
  const asked: string[] = []
  const lock = await openDataFolder(dataDir)
  const listener = await listen(
    async (request) => {
      const { pathname, search } = new URL(request.url)
      asked.push(`${request.method} ${pathname}${search} ${await request.text()}`.trimEnd())
      return answer
    },
    { host: '127.0.0.1', port: 0 },
  )
  try {
    await noteServer(dataDir, listener.url)
    return { asked, ...(await runOver(dataDir, args)) }
  } finally {
    await listener.stop(0)
    await lock.release()
  }
}
