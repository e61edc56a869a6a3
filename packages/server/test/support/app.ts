/** The whole program in this process, over a data folder of its own; requests go straight to `fetch`. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createApp } from '#app.ts'
import type { AppOptions } from '#app-options.ts'
import type { Route } from '#http/route.ts'
import { silentLogger } from '#telemetry/logger.ts'
import { createMetrics } from '#telemetry/metrics.ts'

export interface TestApp {
  /** Sends a request with the key pair unless `headers` say otherwise; a body that is not text or bytes goes as JSON. */
  send(method: string, path: string, content?: { body?: unknown; headers?: Record<string, string> }): Promise<Response>
  /** The program's own: a request as it is, without a credential of ours. */
  fetch(request: Request): Promise<Response>
  /** What the program answers. */
  readonly routes: readonly Route[]
  /** As `send` with GET; the parsed body of a 200. */
  get(path: string): Promise<unknown>
  /** Closes the program and opens it again over the same folder. */
  restart(): Promise<void>
  readonly dataDir: string
  close(): Promise<void>
}

export const TEST_KEYS = { publicKey: 'pk-test', secretKey: 'sk-test' }
export const TEST_TOKEN = 'token-test'
const BASIC = `Basic ${Buffer.from(`${TEST_KEYS.publicKey}:${TEST_KEYS.secretKey}`).toString('base64')}`

/** Opens the program; `change` alters its options. A data folder that it names is left as it is at the end. One at a time in a test file: chDB holds one folder a process. */
export async function openTestApp(change: Partial<AppOptions> = {}): Promise<TestApp> {
  const dataDir = change.dataDir ?? (await mkdtemp(join(tmpdir(), 'xtrace-app-')))
  await mkdir(dataDir, { recursive: true })
  const open = () => createApp({ ...defaults(dataDir), ...change })
  let app = await open()
  const send: TestApp['send'] = async (method, path, { body, headers = {} } = {}) => {
    const isRaw = body === undefined || typeof body === 'string' || body instanceof Uint8Array
    return await app.fetch(
      new Request(`http://127.0.0.1:8742${path}`, {
        method,
        headers: { authorization: BASIC, 'content-type': 'application/json', ...headers },
        ...(body !== undefined && { body: isRaw ? body : JSON.stringify(body) }),
      }),
    )
  }
  return {
    send,
    fetch: (request) => app.fetch(request),
    dataDir,
    routes: app.routes,
    async get(path) {
      const answer = await send('GET', path)
      const text = await answer.text()
      if (answer.status !== 200) throw new Error(`GET ${path}: ${answer.status} ${text}`)
      return JSON.parse(text)
    },
    async restart() {
      await app.close()
      app = await open()
    },
    async close() {
      await app.close()
      if (change.dataDir === undefined) await rm(dataDir, { recursive: true, force: true })
    },
  }
}

const MIB = 1024 * 1024

function defaults(dataDir: string): AppOptions {
  return {
    version: '0.0.0-test',
    dataDir,
    webDir: join(dataDir, 'no-page'),
    logger: silentLogger,
    metrics: createMetrics(),
    project: { id: 'default', name: 'Default' },
    organization: { id: 'default', name: 'Default' },
    keys: TEST_KEYS,
    token: TEST_TOKEN,
    engine: { memoryBytes: 1500 * MIB, maxQuerySeconds: 20, maxQueryMemoryBytes: 700 * MIB },
    log: { maxBytes: 256 * MIB, segmentBytes: MIB, sync: 'always', syncIntervalMs: 100 },
    http: { maxBodyBytes: 20 * MIB, readBarrierMs: 5000 },
    listBudgetMs: 60_000,
    isLoopback: true,
    encryptionKey: Buffer.alloc(32, 7),
    mediaMaxBytes: 64 * MIB,
    retention: { maxAgeDays: undefined, maxProjectBytes: undefined },
    readLimit: { qps: 0, burst: 1 },
  }
}
