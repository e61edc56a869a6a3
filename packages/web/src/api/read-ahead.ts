/** Reads what is likely to be opened next, before it is. */
import type { QueryClient, QueryKey } from '@tanstack/react-query'
import type { ObservationListRowDto } from '@xtrace/contract'
import { observationQuery, versionOfRow } from './observation.ts'
import { skeletonQuery, tracePayloadsQuery } from './trace.ts'

/** Observations of a trace that is read before it is opened; larger ones wait for that. */
export const MOST_AHEAD = 2000

interface Ahead {
  readonly project: string
  readonly id: string
  readonly signal: AbortSignal
}

/** Reads the shape of a trace before it is opened, until the signal says to give that up, unless somebody looks at it. */
export function readTraceAhead(client: QueryClient, { project, id, signal }: Ahead): void {
  const query = skeletonQuery(project, id)
  readAhead(client, query.queryKey, { signal, read: () => client.prefetchQuery(query) })
}

/** Reads what went in and out of a trace, in the same way. */
export function readTracePayloadsAhead(client: QueryClient, { project, id, signal }: Ahead): void {
  const query = tracePayloadsQuery(project, id)
  readAhead(client, query.queryKey, { signal, read: () => client.prefetchQuery(query) })
}

interface ObservationAhead extends Omit<Ahead, 'id'> {
  readonly row: Pick<ObservationListRowDto, 'id' | 'latency'>
}

/** Reads what a peek at an observation shows, in the same way. */
export function readObservationPeek(client: QueryClient, { project, row, signal }: ObservationAhead): void {
  const query = observationQuery(project, row.id, versionOfRow(row))
  readAhead(client, query.queryKey, { signal, read: () => client.prefetchQuery(query) })
}

interface AheadRead {
  readonly signal: AbortSignal
  read(): Promise<void>
}

function readAhead(client: QueryClient, queryKey: QueryKey, { signal, read }: AheadRead): void {
  if (signal.aborted) return
  void read()
  signal.addEventListener('abort', () => {
    void client.cancelQueries({ queryKey, predicate: (one) => one.getObserversCount() === 0 })
  })
}
