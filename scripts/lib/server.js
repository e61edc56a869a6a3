import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, mkdtempSync, openSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { ROOT } from './run.js'

const START_SECONDS = 60

/**
 * Starts our built server at `url` with an empty data folder, no limit of reads and the settings in `env`,
 * and waits until `isUp()` gives true. `stop()` ends it and removes `dataDir`; its log stays in `logFile`.
 */
export async function startBuiltServer({ url, env, logFile, isUp }) {
  const data = mkdtempSync(join(tmpdir(), 'xtrace-server-'))
  const log = openSync(logFile, 'w')
  const child = spawn(process.execPath, [join(ROOT, 'packages', 'server', 'bin', 'xtrace.js')], {
    cwd: data,
    env: { ...bareEnv(), ...env, BIND_ADDR: new URL(url).host, RATE_LIMIT_QPS: '0', XTRACE_DATA_DIR: data },
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  const stop = async () => {
    if (child.exitCode === null && child.kill()) await once(child, 'exit')
    rmSync(data, { recursive: true, force: true })
  }
  for (let tries = START_SECONDS * 4; tries > 0 && child.exitCode === null; tries -= 1) {
    if (await isUp()) return { stop, dataDir: data }
    await pause(250)
  }
  await stop()
  throw new Error(`The server did not come up within ${START_SECONDS} s; see ${logFile}.`)
}

/** Without the caller's own settings of a server, so that every run is of the same one. */
const bareEnv = () =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(XTRACE|LANGFUSE|RATE_LIMIT)_|_URL$/.test(name)))
