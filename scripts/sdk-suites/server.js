/** Our built server with an empty data folder, as the suites expect it. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, mkdtempSync, openSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { ROOT } from '../lib/run.js'
import { BASE_URL, PROJECT_ID, PUBLIC_KEY, SECRET_KEY, SERVER_ENV } from './settings.js'

const START_SECONDS = 60

/**
 * Starts the server and waits until it shows the suites' project to the suites' keys.
 * `stop()` ends it and removes its data; its log stays in `logFile`.
 */
export async function startServer(logFile) {
  if (await answers()) throw new Error(`Something else answers at ${BASE_URL}; the suites need that address.`)
  const data = mkdtempSync(join(tmpdir(), 'xtrace-suites-'))
  const log = openSync(logFile, 'w')
  const child = spawn(process.execPath, [join(ROOT, 'packages', 'server', 'bin', 'xtrace.js')], {
    cwd: data,
    env: { ...bareEnv(), ...SERVER_ENV, BIND_ADDR: new URL(BASE_URL).host, RATE_LIMIT_QPS: '0', XTRACE_DATA_DIR: data },
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  const stop = async () => {
    if (child.exitCode === null && child.kill()) await once(child, 'exit')
    rmSync(data, { recursive: true, force: true })
  }
  for (let tries = START_SECONDS * 4; tries > 0 && child.exitCode === null; tries -= 1) {
    if (await showsProject()) return { stop }
    await pause(250)
  }
  await stop()
  throw new Error(`The server did not come up within ${START_SECONDS} s; see ${logFile}.`)
}

/** Without the caller's own settings of a server, so that every run is of the same one. */
const bareEnv = () =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(XTRACE|LANGFUSE|RATE_LIMIT)_|_URL$/.test(name)))

const answers = () =>
  fetch(`${BASE_URL}/api/public/health`).then(
    () => true,
    () => false,
  )

async function showsProject() {
  const authorization = `Basic ${Buffer.from(`${PUBLIC_KEY}:${SECRET_KEY}`).toString('base64')}`
  try {
    const response = await fetch(`${BASE_URL}/api/public/projects`, { headers: { authorization } })
    const { data } = await response.json()
    return data.some(({ id }) => id === PROJECT_ID)
  } catch {
    return false
  }
}
