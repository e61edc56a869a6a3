import { AppError } from '#domain/errors.ts'
import type { Metrics } from '#telemetry/metrics.ts'
import { type Engine, LANES } from './engine.ts'
import { numberOf } from './rows/cells.ts'
import { sql } from './sql.ts'

const QUERY_BUCKETS_S = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]
/** One question serves the figures of one scrape. */
const FRESH_MS = 1000

/** The same engine, with its figures in the metrics: how long it takes, what it refuses, what it holds. */
export function measureEngine(engine: Engine, metrics: Metrics, now: () => number = Date.now): Engine {
  const queries = metrics.histogram('xtrace_engine_query_seconds', 'Time of a query, its wait included, by lane', {
    labels: ['lane'],
    buckets: QUERY_BUCKETS_S,
  })
  const inserts = metrics.histogram('xtrace_engine_insert_seconds', 'Time of an insert, its wait included, by table', {
    labels: ['table'],
    buckets: QUERY_BUCKETS_S,
  })
  const failures = metrics.counter('xtrace_engine_failures_total', 'What the store refused, by error code', [
    'operation',
    'code',
  ])
  const running = runningGauges(metrics)
  addStorageGauges(engine, metrics, now)
  const measured = async <T>(
    operation: string,
    work: () => Promise<T>,
    done: (seconds: number) => void,
  ): Promise<T> => {
    const startedAt = performance.now()
    try {
      return await work()
    } catch (error) {
      failures.inc({ operation, code: error instanceof AppError ? error.code : 'aborted' })
      throw error
    } finally {
      done((performance.now() - startedAt) / 1000)
    }
  }
  return {
    query: (statement, options) => {
      const lane = options?.lane ?? 'read'
      running.begin(lane)
      return measured(
        'query',
        () => engine.query(statement, options),
        (seconds) => {
          running.end(lane)
          queries.observe({ lane }, seconds)
        },
      )
    },
    insert: (table, rows, token) =>
      measured(
        'insert',
        () => engine.insert(table, rows, token),
        (seconds) => inserts.observe({ table }, seconds),
      ),
    pack: (table, row) => engine.pack(table, row),
    stream: (statement, format, signal) => engine.stream(statement, format, signal),
    command: (statement) => engine.command(statement),
    ping: () => engine.ping(),
    close: () => engine.close(),
  }
}

/** Queries that somebody waits for, a gauge a lane. */
function runningGauges(metrics: Metrics) {
  const counts = new Map<string, number>(LANES.map((lane) => [lane, 0]))
  for (const lane of LANES)
    metrics.gauge(
      `xtrace_engine_${lane}_queries_running`,
      `Queries of the lane ${lane} that run or wait`,
      () => counts.get(lane) ?? 0,
    )
  const add = (lane: string, by: number) => counts.set(lane, (counts.get(lane) ?? 0) + by)
  return { begin: (lane: string) => add(lane, 1), end: (lane: string) => add(lane, -1) }
}

interface Storage {
  readonly parts: number
  readonly rows: number
  readonly bytes: number
  readonly mutations: number
  readonly memory: number
  readonly cached: number
}

/** Not a number when the store does not say. */
const UNKNOWN: Storage = {
  parts: Number.NaN,
  rows: Number.NaN,
  bytes: Number.NaN,
  mutations: Number.NaN,
  memory: Number.NaN,
  cached: Number.NaN,
}

function addStorageGauges(engine: Pick<Engine, 'query'>, metrics: Metrics, now: () => number): void {
  let asked: { readonly at: number; readonly storage: Promise<Storage> } | undefined
  const ask = (): Promise<Storage> => {
    if (asked && now() - asked.at < FRESH_MS) return asked.storage
    asked = { at: now(), storage: findStorage(engine).catch(() => UNKNOWN) }
    return asked.storage
  }
  metrics.gauge('xtrace_engine_parts', 'Parts of all tables that queries read', async () => (await ask()).parts)
  metrics.gauge('xtrace_engine_rows', 'Rows of all tables, replaced ones included', async () => (await ask()).rows)
  metrics.gauge(
    'xtrace_engine_disk_bytes',
    'Bytes on disk of all tables, parts that are about to go included',
    async () => (await ask()).bytes,
  )
  metrics.gauge('xtrace_engine_mutations', 'Changes of old parts under way', async () => (await ask()).mutations)
  metrics.gauge(
    'xtrace_engine_memory_bytes',
    'Memory that the store counts as its own, caches included',
    async () => (await ask()).memory,
  )
  metrics.gauge('xtrace_engine_cached_bytes', 'Memory of the caches of the store', async () => (await ask()).cached)
}

async function findStorage(engine: Pick<Engine, 'query'>): Promise<Storage> {
  const [row = {}] = await engine.query(
    sql`SELECT countIf(active) AS parts, sumIf(rows, active) AS rows, sum(bytes_on_disk) AS bytes, (SELECT count() FROM system.mutations WHERE database = currentDatabase() AND NOT is_done) AS mutations, (SELECT sum(value) FROM system.metrics WHERE metric = 'MemoryTracking') AS memory, (SELECT sum(value) FROM system.metrics WHERE endsWith(metric, 'CacheBytes')) AS cached FROM system.parts WHERE database = currentDatabase()`,
    { maxSeconds: 5 },
  )
  return {
    parts: numberOf(row, 'parts'),
    rows: numberOf(row, 'rows'),
    bytes: numberOf(row, 'bytes'),
    mutations: numberOf(row, 'mutations'),
    memory: numberOf(row, 'memory'),
    cached: numberOf(row, 'cached'),
  }
}
