/** A server as users run it: the built program in its own process, on loopback, with a data folder of its own. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const PROGRAM = resolve(import.meta.dirname, '..', '..', 'bin', 'xtrace.js')
const READY_WITHIN_MS = 30_000

export interface LiveServer {
  readonly url: string
  readonly publicKey: string
  readonly secretKey: string
  readonly token: string
  readonly dataDir: string
  /** Sends SIGTERM and resolves to the exit code; the data folder is removed. */
  stop(): Promise<number | null>
  /** Authenticated GET; the parsed body. Fails on any status but 200. */
  get(path: string): Promise<unknown>
}

export interface LiveServerOptions {
  /** A free port when absent. */
  readonly port?: number
  readonly publicKey?: string
  readonly secretKey?: string
  readonly token?: string
  readonly env?: Readonly<Record<string, string>>
}

/** Starts a server and resolves once `/readyz` says so. */
export async function startLiveServer(options: LiveServerOptions = {}): Promise<LiveServer> {
  const port = options.port ?? (await freePort())
  const { publicKey = 'pk-test', secretKey = 'sk-test', token = 'token-test' } = options
  const dataDir = await mkdtemp(join(tmpdir(), 'xtrace-live-'))
  const url = `http://127.0.0.1:${port}`
  const child = spawn(process.execPath, [PROGRAM, 'serve'], {
    env: {
      PATH: process.env['PATH'],
      HOME: dataDir,
      BIND_ADDR: `127.0.0.1:${port}`,
      XTRACE_DATA_DIR: dataDir,
      XTRACE_PUBLIC_KEY: publicKey,
      XTRACE_SECRET_KEY: secretKey,
      API_BEARER_TOKEN: token,
      RATE_LIMIT_QPS: '100000',
      RATE_LIMIT_BURST: '100000',
      // A machine that runs several tests at once may be slower than a user's.
      XTRACE_READ_BARRIER_MS: '10000',
      ...options.env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said = collectOutput(child)
  await untilReady(url, child, said)
  const authorization = `Basic ${Buffer.from(`${publicKey}:${secretKey}`).toString('base64')}`
  return {
    url,
    publicKey,
    secretKey,
    token,
    dataDir,
    async stop() {
      const code = await end(child)
      await rm(dataDir, { recursive: true, force: true })
      return code
    },
    async get(path) {
      const answer = await fetch(`${url}${path}`, { headers: { authorization } })
      const body = await answer.text()
      if (answer.status !== 200) throw new Error(`GET ${path}: ${answer.status} ${body}`)
      return JSON.parse(body)
    },
  }
}

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

function collectOutput(child: ChildProcess): () => string {
  let output = ''
  const add = (chunk: Buffer) => {
    output = (output + chunk.toString()).slice(-20_000)
  }
  child.stdout?.on('data', add)
  child.stderr?.on('data', add)
  return () => output
}

async function untilReady(url: string, child: ChildProcess, said: () => string): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`The server ended with ${child.exitCode}:\n${said()}`)
    const isReady = await fetch(`${url}/readyz`).then(
      (answer) => answer.ok,
      () => false,
    )
    if (isReady) return
    await new Promise((resume) => setTimeout(resume, 50))
  }
  child.kill('SIGKILL')
  throw new Error(`The server was not ready in ${READY_WITHIN_MS} ms:\n${said()}`)
}

async function end(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null) {
    child.kill('SIGTERM')
    await once(child, 'exit')
  }
  return child.exitCode
}
