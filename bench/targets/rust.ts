/** The published xtrace 0.1.0, written in Rust, over a PostgreSQL of its own; its limit of reads out of the way. */
import { join } from 'node:path'
import { answers, freePort, startProgram } from '../lib/process.ts'
import { type Postgres, startPostgres } from './postgres.ts'
import { getJson, numberAt, type Target } from './target.ts'

const TOKEN = 'token-bench'
/** Far above what the bench asks. */
const READS_PER_SECOND = '100000'
/** The bench's traces all hold so many. */
const OBSERVATIONS_PER_TRACE = 8

export interface RustOptions {
  /** Built with `cargo build --release`. */
  readonly checkout: string
  /** Folder of PostgreSQL's programs, '' for those on the PATH. */
  readonly postgresBin: string
  readonly folder: string
}

export interface RustXtrace extends Target {
  readonly postgres: Postgres
}

export async function startRust({ checkout, postgresBin, folder }: RustOptions): Promise<RustXtrace> {
  const postgres = await startPostgres(folder, postgresBin)
  try {
    return await startOn(postgres, checkout)
  } catch (error) {
    await postgres.stop()
    throw error
  }
}

async function startOn(postgres: Postgres, checkout: string): Promise<RustXtrace> {
  const port = await freePort()
  const access = { url: `http://127.0.0.1:${port}`, authorization: `Bearer ${TOKEN}` }
  const program = await startProgram({
    command: join(checkout, 'target', 'release', 'xtrace'),
    args: [],
    cwd: checkout,
    env: {
      DATABASE_URL: postgres.url,
      API_BEARER_TOKEN: TOKEN,
      BIND_ADDR: `127.0.0.1:${port}`,
      RATE_LIMIT_QPS: READS_PER_SECOND,
      RATE_LIMIT_BURST: READS_PER_SECOND,
      RUST_LOG: 'error',
    },
    isReady: () => answers(`${access.url}/readyz`),
  })
  return {
    ...access,
    name: 'Rust xtrace',
    postgres,
    readyMs: program.readyMs,
    paths: {
      native: '/v1/l/batch',
      'otlp-protobuf': '/api/public/otel/v1/traces',
      'otlp-json': '/api/public/otel/v1/traces',
      metrics: '/v1/metrics/batch',
    },
    // It has no route for observations; a trace is stored with all of its own at once.
    countObservations: async () =>
      numberAt(await getJson(access, '/api/public/traces?limit=1'), 'meta', 'totalItems') * OBSERVATIONS_PER_TRACE,
    usage: async () => {
      const [own, database] = await Promise.all([program.usage(), postgres.usage()])
      return {
        ...own,
        familyBytes: own.familyBytes + database.familyBytes,
        cpuSeconds: own.cpuSeconds + database.cpuSeconds,
      }
    },
    bytesOnDisk: () => postgres.bytesOnDisk(),
    stop: async () => {
      await program.stop()
      await postgres.stop()
    },
  }
}
