/** Payloads that nobody looks at any more stay in memory up to a limit; those longest unseen go first. */
import type { Query, QueryCache } from '@tanstack/react-query'

/** How long what was read of a trace stays in memory after it was left, its payloads as far as the limit lets them. */
export const KEPT_MS = 60_000

/** Marks a query whose answer holds payloads. */
export const PAYLOAD_META = { holdsPayloads: true } as const

const MOST_BYTES = 32_000_000
const BYTES_A_UNIT = 2

/** Keeps to the limit until the cache goes. */
export function limitPayloads(cache: QueryCache, mostBytes = MOST_BYTES): void {
  const seen = new Map<string, number>()
  let turn = 0
  cache.subscribe(({ type, query }) => {
    if (query.meta !== PAYLOAD_META) return
    if (type === 'removed') seen.delete(query.queryHash)
    else seen.set(query.queryHash, turn++)
    if (type === 'observerRemoved' || type === 'updated') dropOver(cache, seen, mostBytes)
  })
}

function dropOver(cache: QueryCache, seen: ReadonlyMap<string, number>, mostBytes: number): void {
  const seenAt = ({ queryHash }: Query) => seen.get(queryHash) ?? -1
  const unseen = cache
    .getAll()
    .filter((query) => query.meta === PAYLOAD_META && !query.isActive() && query.state.fetchStatus === 'idle')
    .sort((one, other) => seenAt(other) - seenAt(one))
  let bytes = 0
  for (const query of unseen) {
    const size = unitsIn(query.state.data) * BYTES_A_UNIT
    if (bytes + size > mostBytes) cache.remove(query)
    else bytes += size
  }
}

/** The units of all texts in a value. */
function unitsIn(value: unknown): number {
  if (typeof value === 'string') return value.length
  if (typeof value !== 'object' || value === null) return 0
  return Object.values(value).reduce<number>((sum, one) => sum + unitsIn(one), 0)
}
