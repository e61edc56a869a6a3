/** What a table asks the server, from what its address holds. */
import type { ExploredView } from '@xtrace/contract'
import type { Explored } from '#api/explore-path.ts'
import { lowerQuery } from '#lib/filter/lower.ts'
import { parseQuery } from '#lib/filter/parse.ts'
import type { Interval } from '#search/time-range.ts'
import { moreIdsOf } from './more-id.ts'

export const DEFAULT_SORT = '-time'

/** What the server orders by, by the `sort` of the URL. */
const ORDERS: Readonly<Record<ExploredView, Readonly<Record<string, string>>>> = {
  traces: {
    time: 'timestamp',
    name: 'name',
    latency: 'latency',
    tokens: 'totalTokens',
    cost: 'totalCost',
    errors: 'errorCount',
  },
  observations: {
    time: 'startTime',
    name: 'name',
    latency: 'latency',
    ttft: 'timeToFirstToken',
    tokens: 'totalTokens',
    cost: 'totalCost',
  },
}

/** `-latency` as `latency.desc`; undefined for the default and for what the server does not order by. */
function orderOf(view: ExploredView, sort: string): string | undefined {
  const [key, direction] = sort.startsWith('-') ? [sort.slice(1), 'desc'] : [sort, 'asc']
  const column = Object.hasOwn(ORDERS[view], key) ? ORDERS[view][key] : undefined
  return sort === DEFAULT_SORT || column === undefined ? undefined : `${column}.${direction}`
}

/** The filter as it was written, and as the server takes it. */
export function filterOf(view: ExploredView, q: string) {
  const query = parseQuery(q)
  const { filters, marks } = lowerQuery(query, { table: view })
  return { query, filters, marks, filter: filters.length === 0 ? undefined : JSON.stringify(filters) }
}

interface ListQuestion {
  readonly interval: Interval
  readonly env: readonly string[]
  readonly filter: string | undefined
  readonly sort: string
  /** Ids of the columns shown; undefined for those that a table comes with. */
  readonly shown: readonly string[] | undefined
}

/** `explored` is which rows; `listed` asks for the columns too that the viewer added. */
export function exploredOf(view: ExploredView, { interval, env, filter, sort, shown }: ListQuestion) {
  const explored = { interval, env, filter, order: orderOf(view, sort) } satisfies Explored
  const columns = moreIdsOf(shown)
  const listed: Explored = columns.length === 0 ? explored : { ...explored, columns }
  return { explored, listed }
}
