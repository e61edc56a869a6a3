/**
 * Which entities of one kind the store may hold, so that the writer need not ask for what is new, and when the latest
 * of them lie, so that it asks for those of their minute.
 * Filled from the store after a start, piece by piece, and by the writer itself from then on; a set in
 * memory alone, which can't disagree with the store after a crash (docs/adr/006-write-path.md).
 */
import type { Engine } from '#store/engine.ts'
import { numberOf, textOf } from '#store/rows/cells.ts'
import { type Sql, sql, str, u64 } from '#store/sql.ts'
import { type Bloom, createBloom } from './bloom.ts'
import type { Breathe } from './breathe.ts'
import { createHashId } from './id-hash.ts'
import type { Kind } from './kinds.ts'
import { createMinutes } from './minutes.ts'

export interface StoredIds {
  /** MUST be called before an entity's row goes to the store. `minute` of the row, since the epoch; none for a tombstone. */
  add(key: string, minute?: number): void
  /** False only for what was never stored, as far as is known: see `isComplete`. */
  has(key: string): boolean
  /** Where the newest row lies that was added with its minute, most likely. Undefined for all but the latest. */
  minuteOf(key: string): number | undefined
  /** True once everything is in that the store held at the start. */
  readonly isComplete: boolean
}

interface StoredIdsOptions {
  readonly kind: Pick<Kind<never, never>, 'name' | 'instant'>
  readonly engine: Pick<Engine, 'query'>
  readonly maxBytes: number
  /** For the minutes of the latest: eight an entity; a power of two. */
  readonly minuteBytes: number
}

/** The ids, and the work of reading those of the store, to be run once; it rejects as `Engine.query`, or when aborted, and may be repeated. */
export function createStoredIds({ kind, engine, maxBytes, minuteBytes }: StoredIdsOptions): {
  readonly ids: StoredIds
  fill(breathe: Breathe, signal: AbortSignal): Promise<void>
} {
  const bloom = createBloom(maxBytes)
  const minutes = createMinutes(minuteBytes)
  const hashId = createHashId()
  let isComplete = false
  const fill = async (breathe: Breathe, signal: AbortSignal) => {
    const hours = await engine.query(hoursOf(kind), { lane: 'heavy' })
    for (const piece of piecesOf(hours.map((row) => ({ hour: textOf(row, 'hour'), rows: numberOf(row, 'rows') })))) {
      signal.throwIfAborted()
      const [row] = await engine.query(hashesOf(kind, piece), { lane: 'heavy' })
      await addAll(bloom, row ? textOf(row, 'hashes') : '', breathe)
    }
    isComplete = true
  }
  return {
    ids: {
      add(key, minute) {
        const hash = hashId(key)
        bloom.add(hash)
        if (minute !== undefined) minutes.set(hash, minute)
      },
      has: (key) => bloom.has(hashId(key)),
      minuteOf: (key) => minutes.get(hashId(key)),
      get isComplete() {
        return isComplete
      },
    },
    fill,
  }
}

/** Rows of one query: 16 characters each. */
const PIECE_ROWS = 250_000

/** Rows of these hours, and of those only every `of`th. */
interface Piece {
  readonly from: string
  readonly to: string
  readonly of: number
  readonly index: number
}

/** By hours and not by the store's own parts, because merges replace those meanwhile. */
export function piecesOf(hours: readonly { readonly hour: string; readonly rows: number }[]): Piece[] {
  const pieces: Piece[] = []
  let from: string | undefined
  let rows = 0
  for (const [index, { hour, rows: added }] of hours.entries()) {
    from ??= hour
    rows += added
    const next = hours[index + 1]
    if (next && rows + next.rows <= PIECE_ROWS) continue
    const of = Math.ceil(rows / PIECE_ROWS)
    for (let part = 0; part < of; part++) pieces.push({ from, to: hour, of, index: part })
    from = undefined
    rows = 0
  }
  return pieces
}

const hoursOf = ({ name, instant }: StoredIdsOptions['kind']): Sql =>
  sql`SELECT toString(toStartOfHour(${instant})) AS hour, count() AS rows FROM ${name} GROUP BY hour ORDER BY hour`

const KEY = sql`concat(project_id, '\\0', id)`

function hashesOf({ name, instant }: StoredIdsOptions['kind'], { from, to, of, index }: Piece): Sql {
  return sql`SELECT arrayStringConcat(groupArray(concat(
      leftPad(hex(murmurHash3_32(${KEY})), 8, '0'), leftPad(hex(xxHash32(${KEY})), 8, '0')))) AS hashes
    FROM ${name}
    WHERE toStartOfHour(${instant}) BETWEEN toDateTime(${str(from)}, 'UTC') AND toDateTime(${str(to)}, 'UTC')
      AND ${instant} >= toDateTime64(${str(from)}, 9, 'UTC')
      AND ${instant} < toDateTime64(${str(to)}, 9, 'UTC') + INTERVAL 1 HOUR
      AND xxHash32(id) % ${u64(of)} = ${u64(index)}`
}

async function addAll(bloom: Bloom, hex: string, breathe: Breathe): Promise<void> {
  const bytes = Buffer.from(hex, 'hex')
  for (let at = 0; at < bytes.byteLength; at += 8) {
    if (at % 32_768 === 0) await breathe()
    bloom.add({ murmur: bytes.readUInt32BE(at), xx: bytes.readUInt32BE(at + 4) })
  }
}
