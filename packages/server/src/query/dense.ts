/**
 * How close together the newest rows of a list lay when it was last asked, so that the next time no more than the span that
 * holds them is read: an hour of a busy project holds a million rows. A hint alone: what a narrow span lacks is looked for
 * in the rest of the wide one.
 */
import { LRUCache } from 'lru-cache'
import type { Nanos } from '#domain/time.ts'
import { MINUTE_NS } from '#store/day-spans.ts'
import type { Engine } from '#store/engine.ts'
import type { Sql } from '#store/sql.ts'
import type { Reader } from './reader.ts'

/** Questions remembered of an engine. */
const MAX_QUESTIONS = 1000
/** Longer conditions are ids by the hundred, which nobody asks twice. */
const MAX_KEY_CHARS = 4000
/** How much further than the last time is looked: rows come at an uneven pace. */
const SLACK = 2n

/** Nanoseconds a row, by question. */
const paces = new WeakMap<Engine, LRUCache<string, Nanos>>()

export interface DenseQuestion {
  readonly from: Sql
  readonly where: Sql
}

/** How far back so many rows are likely to reach, rounded up to minutes; undefined when it is not known. */
export function likelyReach(reader: Reader, question: DenseQuestion, rows: number): Nanos | undefined {
  const pace = paces.get(reader.engine)?.get(keyOf(reader, question))
  if (pace === undefined) return undefined
  const reach = pace * BigInt(rows) * SLACK
  return (reach / MINUTE_NS + 1n) * MINUTE_NS
}

/** Notes how far back so many rows, one at least, have reached. */
export function noteReach(
  reader: Reader,
  question: DenseQuestion,
  { rows, reach }: { readonly rows: number; readonly reach: Nanos },
): void {
  const key = keyOf(reader, question)
  if (key.length > MAX_KEY_CHARS) return
  const known = paces.get(reader.engine) ?? new LRUCache<string, Nanos>({ max: MAX_QUESTIONS })
  paces.set(reader.engine, known)
  known.set(key, reach > 0n ? reach / BigInt(rows) : 0n)
}

/** Times apart, which move on with each time that a question is asked. */
function keyOf({ projectId }: Reader, { from, where }: DenseQuestion): string {
  const words = [...from.parts, ...where.parts].map((part) => {
    if (typeof part === 'string') return part
    return part.type.startsWith('DateTime64') ? '' : String(part.value)
  })
  return [projectId, ...words].join('\0')
}
