/**
 * How close together the newest rows of a list lay when it was last asked, so that the next time no more than the span that
 * holds them is read: an hour of a busy project holds a million rows. A hint alone: what a narrow span lacks is looked for
 * in the rest of the wide one.
 */
import type { Nanos } from '#domain/time.ts'
import { MINUTE_NS } from '#store/day-spans.ts'
import type { Sql } from '#store/sql.ts'
import type { Reader } from './reader.ts'

/** Longer conditions are ids by the hundred, which nobody asks twice. */
const MAX_KEY_CHARS = 4000
/** How much further than the last time is looked: rows come at an uneven pace. */
const SLACK = 2n

/** A list, whichever page of it. */
export interface Listed {
  readonly from: Sql
  readonly where: Sql
}

/** How far back so many rows are likely to reach, rounded up to minutes; undefined when it is not known. */
export function likelyReach(reader: Reader, question: Listed, rows: number): Nanos | undefined {
  const pace = reader.engine.paces?.get(keyOf(reader, question))
  if (pace === undefined) return undefined
  const reach = pace * BigInt(rows) * SLACK
  return (reach / MINUTE_NS + 1n) * MINUTE_NS
}

/** Notes how far back so many rows, one at least, have reached; undefined where the first step had too few. */
export function noteReach(reader: Reader, question: Listed, found: Reach | undefined): void {
  const { paces } = reader.engine
  const key = keyOf(reader, question)
  if (!paces || key.length > MAX_KEY_CHARS) return
  if (found) paces.set(key, (found.back > 0n ? found.back : 0n) / BigInt(found.rows))
  else paces.delete(key)
}

interface Reach {
  readonly rows: number
  /** Nanoseconds from where the list begins; negative where all these rows are of the future. */
  readonly back: Nanos
}

/** Times apart, which move on with each time that a question is asked. */
function keyOf({ projectId }: Reader, { from, where }: Listed): string {
  const words = [...from.parts, ...where.parts].map((part) => {
    if (typeof part === 'string') return part
    return part.type.startsWith('DateTime64') ? '' : String(part.value)
  })
  return [projectId, ...words].join('\0')
}
