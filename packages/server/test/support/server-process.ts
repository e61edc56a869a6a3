/** The built program in a process that a test may start, kill and start again over one data folder. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { setTimeout } from 'node:timers/promises'

const PROGRAM = resolve(import.meta.dirname, '..', '..', 'bin', 'xtrace.js')
const READY_WITHIN_MS = 60_000

export const SERVER_KEYS = { publicKey: 'pk-process', secretKey: 'sk-process' }
export const SERVER_TOKEN = 'token-process'
const BASIC = `Basic ${Buffer.from(`${SERVER_KEYS.publicKey}:${SERVER_KEYS.secretKey}`).toString('base64')}`

export interface ServerProcess {
  /** Of the port it listens on, another one after every start. @throws Error while it is not ready */
  url(): string
  pid(): number
  /** Starts the program and resolves once it is ready, or has ended. */
  start(): Promise<void>
  /** SIGKILL, if it runs, at whatever it is doing. */
  kill(): Promise<void>
  /** SIGTERM; resolves to the exit code. */
  stop(): Promise<number | null>
  /** All that it ever wrote to standard output and standard error. */
  said(): string
  /** A request with the key pair; a body that is not text or bytes goes as JSON. */
  send(method: string, path: string, content?: Content): Promise<Response>
}

export interface Content {
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  readonly signal?: AbortSignal
}

export interface ServerProcessOptions {
  readonly dataDir: string
  readonly env?: Readonly<Record<string, string>>
}

/** Nothing is started yet. */
export function serverProcess({ dataDir, env }: ServerProcessOptions): ServerProcess {
  let child: ChildProcess | undefined
  let address: string | undefined
  let output = ''
  const url = () => {
    if (address === undefined) throw new Error('The server is not ready')
    return address
  }
  const isRunning = () => child !== undefined && child.exitCode === null && child.signalCode === null
  const end = async (signal: NodeJS.Signals) => {
    // Another process may get the port as soon as this one has let it go.
    address = undefined
    if (!child || !isRunning()) return child?.exitCode ?? null
    child.kill(signal)
    await once(child, 'close')
    return child.exitCode
  }
  return {
    url,
    pid: () => child?.pid ?? 0,
    said: () => output,
    kill: async () => {
      await end('SIGKILL')
    },
    stop: () => end('SIGTERM'),
    async start() {
      const before = output.length
      address = undefined
      child = spawnServer({ dataDir, env })
      const add = (chunk: Buffer) => {
        output += chunk.toString()
      }
      child.stdout?.on('data', add)
      child.stderr?.on('data', add)
      const deadline = Date.now() + READY_WITHIN_MS
      while (isRunning() && address === undefined) {
        const [, said] = /^xtrace \S+ at (http:\S+)\n/m.exec(output.slice(before)) ?? []
        if (said !== undefined && child.signalCode === null) address = said
        if (Date.now() > deadline) throw new Error(`The server was not ready in ${READY_WITHIN_MS} ms:\n${output}`)
        await setTimeout(10)
      }
    },
    send: async (method, path, { body, headers, signal } = {}) =>
      await fetch(`${url()}${path}`, {
        method,
        headers: { authorization: BASIC, 'content-type': 'application/json', ...headers },
        ...(body !== undefined && { body: bodyOf(body) }),
        ...(signal && { signal }),
      }),
  }
}

const bodyOf = (body: unknown) => (typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body))

function spawnServer({
  dataDir,
  env,
}: Pick<ServerProcessOptions, 'dataDir'> & { env: ServerProcessOptions['env'] | undefined }): ChildProcess {
  return spawn(process.execPath, [PROGRAM, 'serve'], {
    env: {
      PATH: process.env['PATH'],
      HOME: dataDir,
      BIND_ADDR: '127.0.0.1:0',
      XTRACE_DATA_DIR: dataDir,
      XTRACE_PUBLIC_KEY: SERVER_KEYS.publicKey,
      XTRACE_SECRET_KEY: SERVER_KEYS.secretKey,
      API_BEARER_TOKEN: SERVER_TOKEN,
      RATE_LIMIT_QPS: '0',
      // A machine that runs several tests at once may be slower than a user's.
      XTRACE_READ_BARRIER_MS: '30000',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}
