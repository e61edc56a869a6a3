/** What the questions need to know of a seeded store, asked of its server. */
import { getJson, numberAt, type Target } from '../targets/target.ts'
import type { Facts } from './questions.ts'
import { OBSERVATIONS_PER_TRACE, type SeedOptions } from './seed-sql.ts'

/** @throws Error when the store does not hold what it was filled with */
export async function factsOf(target: Pick<Target, 'url' | 'authorization'>, seed: SeedOptions): Promise<Facts> {
  const expected = Math.ceil(seed.observations / OBSERVATIONS_PER_TRACE)
  const middle = Math.floor(expected / 2)
  // Sessions are missing from a quarter of the traces: one of a few neighbours has one.
  const page = await getJson(
    target,
    `/api/public/traces?limit=20&page=${Math.max(1, Math.floor(middle / 20))}&fields=core`,
  )
  const traces = numberAt(page, 'meta', 'totalItems')
  if (traces !== expected) throw new Error(`The store holds ${traces} traces, it was filled with ${expected}`)
  const trace = tracesIn(page).find(({ sessionId }) => sessionId !== '')
  if (!trace) throw new Error('None of twenty traces has a session')
  return { newest: seed.newest * 1000, traces, trace }
}

function tracesIn(page: unknown): Facts['trace'][] {
  const text = (value: unknown) => (typeof value === 'string' ? value : '')
  const list = typeof page === 'object' && page !== null && 'data' in page && Array.isArray(page.data) ? page.data : []
  return list.map((trace) => ({
    id: text(trace.id),
    userId: text(trace.userId),
    sessionId: text(trace.sessionId),
    name: text(trace.name),
  }))
}
