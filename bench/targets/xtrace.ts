/** Ours: the built program with its default settings, but for the limit of reads. */
import { resolve } from 'node:path'
import { bytesOnDisk } from '../lib/folders.ts'
import { answers, freePort, startProgram } from '../lib/process.ts'
import { getJson, numberAt, type Target } from './target.ts'

/** Names the program: the copy that run.ts made, or another build to hold it against. */
export const PROGRAM_VARIABLE = 'XTRACE_BENCH_PROGRAM'
const BUILT = resolve(import.meta.dirname, '..', '..', 'packages', 'server', 'bin', 'xtrace.js')
const PUBLIC_KEY = 'pk-bench'
const SECRET_KEY = 'sk-bench'
const TOKEN = 'token-bench'

export interface XtraceOptions {
  readonly dataDir: string
  readonly env?: Readonly<Record<string, string>>
}

export interface Xtrace extends Target {
  countPoints(): Promise<number>
  /** Signs in as the page does, and gives the cookie. */
  signIn(): Promise<string>
  /** The folder of the built web interface that it serves. */
  readonly webDir: string
  /** GET path of one trace. */
  tracePath(id: string): string
  /** What its /metrics says, in Prometheus' text format. */
  figures(): Promise<string>
}

export async function startXtrace({ dataDir, env = {} }: XtraceOptions): Promise<Xtrace> {
  const programPath = process.env[PROGRAM_VARIABLE] ?? BUILT
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const program = await startProgram({
    command: process.execPath,
    args: [programPath, 'serve'],
    env: {
      HOME: dataDir,
      BIND_ADDR: `127.0.0.1:${port}`,
      XTRACE_DATA_DIR: dataDir,
      XTRACE_PUBLIC_KEY: PUBLIC_KEY,
      XTRACE_SECRET_KEY: SECRET_KEY,
      API_BEARER_TOKEN: TOKEN,
      RATE_LIMIT_QPS: '0',
      XTRACE_LOG_LEVEL: 'warn',
      ...env,
    },
    isReady: () => answers(`${url}/readyz`),
  })
  const access = { url, authorization: `Basic ${Buffer.from(`${PUBLIC_KEY}:${SECRET_KEY}`).toString('base64')}` }
  return {
    ...access,
    name: 'xtrace',
    readyMs: program.readyMs,
    webDir: resolve(programPath, '..', '..', '..', 'web', 'dist'),
    paths: {
      legacy: '/api/public/ingestion',
      native: '/v1/l/batch',
      metrics: '/v1/metrics/batch',
      'otlp-protobuf': '/api/public/otel/v1/traces',
      'otlp-json': '/api/public/otel/v1/traces',
      openinference: '/api/public/otel/v1/traces',
    },
    countObservations: async () =>
      numberAt(await getJson(access, '/api/public/observations?limit=1'), 'meta', 'totalItems'),
    countPoints: async () => sumOfCounts(await getJson(access, `/api/public/metrics/query?${countQuestion()}`)),
    signIn: () => signIn(url),
    tracePath: (id) => `/api/public/traces/${id}`,
    figures: async () => (await fetch(`${url}/metrics`)).text(),
    usage: () => program.usage(),
    bytesOnDisk: () => bytesOnDisk(dataDir),
    stop: () => program.stop(),
  }
}

async function signIn(url: string): Promise<string> {
  const answer = await fetch(`${url}/api/ui/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ token: TOKEN }),
  })
  const text = await answer.text()
  const [cookie] = answer.headers.getSetCookie()
  if (cookie === undefined) throw new Error(`Signing in was answered ${answer.status} ${text}`)
  return cookie.split(';')[0] ?? ''
}

function countQuestion(): URLSearchParams {
  const dayMs = 86_400_000
  return new URLSearchParams({
    name: 'gpu_utilization',
    agg: 'count',
    step: '1d',
    from: new Date(Date.now() - dayMs).toISOString(),
    to: new Date(Date.now() + dayMs).toISOString(),
  })
}

function sumOfCounts(answer: unknown): number {
  let sum = 0
  JSON.stringify(answer, (key, value: unknown) => {
    if (key === 'value' && typeof value === 'number') sum += value
    return value
  })
  return sum
}
