/**
 * What an embedded engine and a server have in common: both are spoken to through
 * `@clickhouse/client`. The adapters (chdb.ts, clickhouse.ts) open the connections and say how a
 * statement is printed.
 */
import type { ClickHouseClient, ClickHouseSettings } from '@clickhouse/client'
import type { Engine, ExportFormat, Lane, Row } from './engine.ts'
import { type Operation, toAppError } from './engine-errors.ts'
import { createExportStreams } from './export-stream.ts'
import type { Pool } from './pool.ts'
import type { Printed } from './print.ts'
import { columnsOf } from './rows/packed-row.ts'
import type { RowBlock } from './rows/row-binary.ts'
import { createRowPacker } from './rows/row-packer.ts'
import type { Sql } from './sql.ts'

/** Past the engine's own limit, which it checks between blocks, the caller is let go after this. */
const GRACE_MS = 5_000

export interface ClientEngineOptions {
  readonly print: (statement: Sql) => Printed
  readonly queries: Readonly<Record<Lane, Pool<ClickHouseClient>>>
  /** For inserts; a pool of one where order matters or a connection is serial. */
  readonly inserts: Pool<ClickHouseClient>
  /** Stores the rows as one block, whatever its size; `token` makes a repetition known. */
  readonly insert: (client: ClickHouseClient, block: RowBlock, token: string) => Promise<unknown>
  /** For DDL and housekeeping. */
  readonly commands: Pool<ClickHouseClient>
  /** For pings alone, so that they don't wait for a long command. */
  readonly probes: Pool<ClickHouseClient>
  /** Gives a result as bytes, with `EXPORT_SETTINGS`. */
  readonly stream: (statement: Sql, format: ExportFormat, signal: AbortSignal) => AsyncIterable<Uint8Array>
  readonly maxQuerySeconds: number
  /** Whether the connection itself stops the work when a signal aborts. */
  readonly passesSignal: boolean
  /** Lets go of the connections, once nothing runs on them. */
  readonly release: () => Promise<void>
}

/** Settings that every connection carries, whatever the engine. */
export function commonSettings(limits: { maxQueryMemoryBytes: number; maxResultBytes: number }): ClickHouseSettings {
  return {
    session_timezone: 'UTC',
    max_memory_usage: String(limits.maxQueryMemoryBytes),
    max_result_bytes: String(limits.maxResultBytes),
    result_overflow_mode: 'throw',
    timeout_overflow_mode: 'throw',
    // Long lists of ids arrive as text of the statement.
    max_query_size: '33554432',
    // The sort key fixes the partition, so versions of one row never lie in two.
    do_not_merge_across_partitions_select_final: 1,
    output_format_json_quote_64bit_integers: 1,
    output_format_json_quote_decimals: 1,
    output_format_json_escape_forward_slashes: 0,
  }
}

/** Settings of an insert: one block whatever its size, every month its own part, nothing guessed. */
export const INSERT_SETTINGS: ClickHouseSettings = {
  async_insert: 0,
  // An insert has one row of each entity; to look for others with the same key took a sixth of it.
  optimize_on_insert: 0,
  insert_deduplicate: 1,
  max_partitions_per_insert_block: '0',
  max_insert_block_size: '100000000',
  min_insert_block_size_rows: '100000000',
  min_insert_block_size_bytes: '4294967296',
  // Splits the bytes over threads and the block with it; one thread keeps the block whole and the memory small.
  input_format_parallel_parsing: 0,
  // Built when what was merged has settled (jobs/index-words).
  exclude_materialize_skip_indexes_on_insert: 'words_of_input, words_of_output',
  max_execution_time: 300,
}

export function createClientEngine(options: ClientEngineOptions): Engine {
  const { queries, inserts, commands, probes, passesSignal } = options
  const streams = createExportStreams()
  return {
    async query(statement, { lane = 'read', signal, owner, maxSeconds: asked = Infinity } = {}) {
      const { query, params } = options.print(statement)
      const maxSeconds = Math.min(asked, options.maxQuerySeconds)
      const work = async (client: ClickHouseClient): Promise<Row[]> => {
        const result = await client.query({
          query,
          format: 'JSONEachRow',
          clickhouse_settings: { max_execution_time: maxSeconds },
          ...(params && { query_params: { ...params } }),
          ...(passesSignal && signal && { abort_signal: signal }),
        })
        return parseRows(await result.text())
      }
      const giveUpAfterMs = maxSeconds * 1000 + GRACE_MS
      // Who has waited as long as a query may take is better told so than kept waiting; the writer has nobody to tell.
      const waitAtMostMs = lane === 'writer' ? {} : { waitAtMostMs: giveUpAfterMs }
      return attempt('query', () => queries[lane].run(work, { signal, owner, giveUpAfterMs, ...waitAtMostMs }))
    },

    async insert(table, rows, token) {
      const [first] = rows
      if (!first) return
      const block = { table, columns: columnsOf(first), rows }
      await attempt('insert', () => inserts.run((client) => options.insert(client, block, token)))
    },

    pack: createRowPacker(),

    async command(statement) {
      await attempt('command', () => commands.run((client) => client.command({ query: statement })))
    },

    stream: (statement, format, signal) => streams.run((ending) => options.stream(statement, format, ending), signal),

    async ping() {
      await attempt('ping', () =>
        probes.run(async (client) => {
          const result = await client.ping()
          if (!result.success) throw result.error
        }),
      )
    },

    async close() {
      await streams.close()
      await Promise.all([...Object.values(queries), inserts, commands, probes].map((pool) => pool.close()))
      await options.release()
    },
  }
}

/** The client's own reader goes through a stream; results are in memory already. */
function parseRows(text: string): Row[] {
  if (text === '') return []
  return JSON.parse(`[${text.trimEnd().replaceAll('\n', ',')}]`)
}

async function attempt<R>(operation: Operation, work: () => Promise<R>): Promise<R> {
  try {
    return await work()
  } catch (error) {
    throw error instanceof DOMException ? error : toAppError(error, operation)
  }
}
