/** What the adapters of the engine have in common when they give a result as bytes, piece by piece. */
import type { ClickHouseSettings } from '@clickhouse/client'
import { AppError } from '#domain/errors.ts'
import { toAppError } from './engine-errors.ts'

/** At a time; each holds a connection for as long as its reader takes. */
const MAX_STREAMS = 2
/** A reader that is slower than this is not reading. */
const MAX_MS = 60 * 60 * 1000

/** Settings of a result that people and other programs read. */
export const EXPORT_SETTINGS: ClickHouseSettings = {
  max_result_bytes: '0',
  max_execution_time: MAX_MS / 1000,
  date_time_output_format: 'iso',
  output_format_json_quote_64bit_integers: 0,
  format_csv_null_representation: '',
  output_format_parquet_string_as_string: 1,
  // Small row groups: what is buffered before it is written.
  output_format_parquet_row_group_size_bytes: String(16 * 1024 * 1024),
}

type Source = (signal: AbortSignal) => AsyncIterable<Uint8Array>

export interface ExportStreams {
  /** Passes the bytes on; they end with the signal, and with `close`. @throws AppError `too_many_requests` past the bound */
  run(source: Source, signal: AbortSignal | undefined): AsyncIterable<Uint8Array>
  /** Ends all, and waits until they have. */
  close(): Promise<void>
}

export function createExportStreams(): ExportStreams {
  const running = new Set<AsyncGenerator<Uint8Array>>()
  return {
    run(source, signal) {
      const stream = pass()
      async function* pass(): AsyncGenerator<Uint8Array> {
        if (running.size >= MAX_STREAMS)
          throw new AppError('too_many_requests', `${MAX_STREAMS} exports run already; try again`, { retryAfter: 10 })
        running.add(stream)
        try {
          yield* source(AbortSignal.any([AbortSignal.timeout(MAX_MS), ...(signal ? [signal] : [])]))
        } catch (error) {
          throw error instanceof DOMException ? error : toAppError(error, 'query')
        } finally {
          running.delete(stream)
        }
      }
      return stream
    },
    async close() {
      await Promise.all([...running].map((stream) => stream.return(undefined)))
    },
  }
}
