// npm run fuzz [-- options of `schemathesis run`…]: calls every operation of our built server's own description with
// what schemathesis makes up, and fails for an answer of 5xx or one that the description does not tell of.
// `--max-examples` (40) bounds the calls of an operation; `--include-path-regex` and the like choose operations.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { count, summary } from './fuzz/report.js'
import { ensureBuilt, ensureInstalled } from './lib/fresh.js'
import { ensureEnvironment } from './lib/python.js'
import { ROOT } from './lib/run.js'
import { startBuiltServer } from './lib/server.js'

const SETTINGS = join(ROOT, 'scripts', 'fuzz')
const CACHE = join(ROOT, '.cache', 'fuzz')
const LOG = join(CACHE, 'server.log')
const REPORT = join(CACHE, 'calls.ndjson')

/** Credentials of every kind that an operation can ask for; schemathesis.toml names them. */
const FUZZ_ENV = {
  FUZZ_HOOKS: join(SETTINGS, 'hooks.py'),
  FUZZ_PUBLIC_KEY: 'pk-fuzz',
  FUZZ_SECRET_KEY: 'sk-fuzz',
  FUZZ_ORGANIZATION_PUBLIC_KEY: 'pk-fuzz-organization',
  FUZZ_ORGANIZATION_SECRET_KEY: 'sk-fuzz-organization',
  FUZZ_TOKEN: 'fuzz-token',
}

const SERVER_ENV = {
  XTRACE_PUBLIC_KEY: FUZZ_ENV.FUZZ_PUBLIC_KEY,
  XTRACE_SECRET_KEY: FUZZ_ENV.FUZZ_SECRET_KEY,
  LANGFUSE_INIT_ORG_ID: 'fuzz',
  LANGFUSE_INIT_ORG_PUBLIC_KEY: FUZZ_ENV.FUZZ_ORGANIZATION_PUBLIC_KEY,
  LANGFUSE_INIT_ORG_SECRET_KEY: FUZZ_ENV.FUZZ_ORGANIZATION_SECRET_KEY,
  API_BEARER_TOKEN: FUZZ_ENV.FUZZ_TOKEN,
}

/** The one on PATH, else one of our own under .venvs. */
function schemathesis() {
  if (spawnSync('schemathesis', ['--version'], { stdio: 'ignore' }).status === 0) return 'schemathesis'
  const requirements = join(SETTINGS, 'requirements.txt')
  const wanted = createHash('sha256').update(readFileSync(requirements)).digest('hex')
  const python = ensureEnvironment('schemathesis', wanted, [['--only-binary=:all:', '-r', requirements]])
  return join(dirname(python), 'schemathesis')
}

async function freePort() {
  const holder = createServer().listen(0, '127.0.0.1')
  await once(holder, 'listening')
  const { port } = holder.address()
  holder.close()
  await once(holder, 'close')
  return port
}

const isReady = (url) =>
  fetch(`${url}/readyz`).then(
    ({ ok }) => ok,
    () => false,
  )

/** Runs schemathesis against the server at `url`, with its own output, and gives its exit code. */
async function fuzz(program, url, options) {
  const args = ['--config-file', join(SETTINGS, 'schemathesis.toml'), 'run', `${url}/openapi.json`]
  const reports = ['--report', 'ndjson', '--report-ndjson-path', REPORT]
  const env = { ...process.env, ...FUZZ_ENV }
  const child = spawn(program, [...args, ...reports, '--max-examples', '40', ...options], {
    cwd: CACHE,
    stdio: 'inherit',
    env,
  })
  const [code] = await once(child, 'exit')
  return code ?? 1
}

ensureInstalled()
const program = schemathesis()
await ensureBuilt()
mkdirSync(CACHE, { recursive: true })
const url = `http://127.0.0.1:${await freePort()}`
const server = await startBuiltServer({ url, env: SERVER_ENV, logFile: LOG, isUp: () => isReady(url) })
try {
  process.exitCode = await fuzz(program, url, process.argv.slice(2))
} finally {
  await server.stop()
}
console.log(summary(await count(REPORT)))
