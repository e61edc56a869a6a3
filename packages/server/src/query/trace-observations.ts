import { spellings } from '#domain/ids.ts'
import type { Observation } from '#domain/observation.ts'
import type { Row } from '#store/engine.ts'
import { numberOf, textOf } from '#store/rows/cells.ts'
import { fromObservationRow } from '#store/rows/observation.ts'
import { sql } from '#store/sql.ts'
import { loadRows, OBSERVATION_TIME, WHOLE } from './load-rows.ts'
import { ask, atKeys, type Reader } from './reader.ts'

/** The observations of one trace, to be read in pieces. */
export interface TraceObservations {
  /** The first root, or the first of all; undefined when there is none. */
  readonly firstRootId: string | undefined
  /** Whole, oldest start first; at most about 16 MB of payloads at a time unless one alone has more. */
  pieces(): AsyncIterable<readonly Observation[]>
}

const PIECE_BYTES = 16 * 1024 * 1024
const PIECE_ROWS = 500

/** Which observations a trace has; their payloads are read as the pieces are asked for, whatever they come to. */
export async function traceObservations(reader: Reader, traceId: string): Promise<TraceObservations> {
  const keys = await ask(
    reader,
    sql`SELECT id, start_time, parent_observation_id = '' AS is_root, length(input) + length(output) + length(metadata) AS bytes FROM observations FINAL ${atKeys(reader, sql`trace_id`, spellings(traceId))} ORDER BY start_time, id`,
  )
  const first = keys.find((key) => numberOf(key, 'is_root') === 1) ?? keys[0]
  return { firstRootId: first && textOf(first, 'id'), pieces: () => piecesOf(reader, keys) }
}

async function* piecesOf(reader: Reader, keys: readonly Row[]): AsyncGenerator<readonly Observation[]> {
  const source = { table: sql`observations`, time: OBSERVATION_TIME, columns: WHOLE }
  for (const piece of piecesOfKeys(keys)) {
    const rows = await loadRows(reader, source, piece)
    yield rows.map((row) => fromObservationRow(row).entity)
  }
}

function* piecesOfKeys(keys: readonly Row[]): Generator<readonly Row[]> {
  let piece: Row[] = []
  let bytes = 0
  for (const key of keys) {
    const more = numberOf(key, 'bytes')
    if (piece.length === PIECE_ROWS || (piece.length > 0 && bytes + more > PIECE_BYTES)) {
      yield piece
      piece = []
      bytes = 0
    }
    piece.push(key)
    bytes += more
  }
  if (piece.length > 0) yield piece
}
