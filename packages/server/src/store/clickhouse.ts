/** The engine as a server or a cluster behind a URL: the same SQL, values as bound parameters. */
import { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { type ClickHouseClient, ClickHouseLogLevel, type ClickHouseSettings, createClient } from '@clickhouse/client'
import { asBytes } from '#lib/as-bytes.ts'
import { commonSettings, createClientEngine, INSERT_SETTINGS } from './client-engine.ts'
import { type Engine, LANES } from './engine.ts'
import { EXPORT_SETTINGS } from './export-stream.ts'
import { createPool, type Pool } from './pool.ts'
import { printBound } from './print.ts'
import { type RowBlock, rowBinary } from './rows/row-binary.ts'

export interface ClickHouseOptions {
  /** `http://user:password@host:8123/database` */
  readonly url: string
  /** Queries of one lane that run at the same time. */
  readonly queryConnections?: number
  /** Queries of a lane that may wait before the next is refused. */
  readonly maxWaitingQueries?: number
  readonly maxQuerySeconds: number
  readonly maxQueryMemoryBytes: number
  /** Bytes of one result. */
  readonly maxResultBytes?: number
}

const INSERT_CONNECTIONS = 4

/**
 * Does not connect yet: the first call does. The database of the URL must exist.
 * @throws AppError `unavailable` from the calls when the server can't be reached.
 */
export async function openClickHouse(options: ClickHouseOptions): Promise<Engine> {
  const { url, queryConnections = 16, maxWaitingQueries = 100, maxQuerySeconds, maxQueryMemoryBytes } = options
  const { maxResultBytes = 268_435_456 } = options
  const common = commonSettings({ maxQueryMemoryBytes, maxResultBytes })
  const connect = (requests: number, settings: ClickHouseSettings) =>
    createClient({
      url,
      max_open_connections: requests,
      // Past the server's own limit of time; the client's default of 30 s would cut longer queries off.
      request_timeout: 600_000,
      use_multipart_params_auto: true,
      compression: { request: true, response: false },
      log: { level: ClickHouseLogLevel.OFF },
      clickhouse_settings: settings,
    })
  const queryClient = connect(LANES.length * queryConnections, {
    ...common,
    // The answer begins when the query has ended, so that a failure in the middle is a failure.
    wait_end_of_query: 1,
    // A client that went away frees the server at once.
    cancel_http_readonly_queries_on_client_close: 1,
  })
  const insertClient = connect(INSERT_CONNECTIONS, { ...common, ...INSERT_SETTINGS })
  const commandClient = connect(2, common)
  const exportClient = connect(2, { ...common, ...EXPORT_SETTINGS })
  /** The client multiplexes; the pool is what bounds how much runs and waits. */
  const share = (client: ClickHouseClient, places: number): Pool<ClickHouseClient> =>
    createPool(new Array<ClickHouseClient>(places).fill(client), { maxWaiting: maxWaitingQueries })
  return createClientEngine({
    print: printBound,
    queries: {
      read: share(queryClient, queryConnections),
      heavy: share(queryClient, queryConnections),
      writer: share(queryClient, queryConnections),
    },
    inserts: share(insertClient, INSERT_CONNECTIONS),
    insert: insertBody,
    commands: share(commandClient, 1),
    probes: share(commandClient, 1),
    async *stream(statement, format, signal) {
      const { query, params } = printBound(statement)
      const result = await exportClient.exec({
        query: `${query} FORMAT ${format}`,
        abort_signal: signal,
        ...(params && { query_params: { ...params } }),
      })
      for await (const chunk of result.stream) yield asBytes(chunk)
    },
    maxQuerySeconds,
    passesSignal: true,
    async release() {
      await Promise.all([queryClient, insertClient, commandClient, exportClient].map((client) => client.close()))
    },
  })
}

/** The rows as the body of a request. */
async function insertBody(client: ClickHouseClient, block: RowBlock, token: string): Promise<void> {
  const { stream } = await client.exec({
    query: `INSERT INTO ${block.table} (${block.columns.join(', ')}) FORMAT RowBinary`,
    values: Readable.from(copies(rowBinary(block)), { objectMode: false }),
    clickhouse_settings: { insert_deduplication_token: token },
  })
  await finished(stream.resume())
}

/** A stream reads ahead, while a piece is good until the next one is made. */
function* copies(pieces: Iterable<Uint8Array>): Generator<Uint8Array> {
  for (const piece of pieces) yield Buffer.from(piece)
}
