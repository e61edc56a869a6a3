import {
  ExploredParams,
  type HistogramDto,
  HistogramQuery,
  ListQuery,
  type ObservationListDto,
  type SuggestionsDto,
  SuggestQuery,
  type TraceGroupsDto,
  TraceGroupsQuery,
  type TraceListDto,
} from '@xtrace/contract'
import { AppError } from '#domain/errors.ts'
import type { Filter } from '#domain/filter.ts'
import { msFromNanos, type Nanos, nanosFromMs } from '#domain/time.ts'
import { toObservationListRowDto, toTraceGroupDto, toTraceListRowDto } from '#http/dto/ui/explore-dto.ts'
import { anyOf, nanosOf, parseFilters } from '#http/filter-params.ts'
import { parseMoreColumns } from '#http/more-columns.ts'
import { readerOf } from '#http/read-deps.ts'
import type { Route } from '#http/route.ts'
import { uiRoute } from '#http/ui-route.ts'
import { startBudget } from '#query/explore/budget.ts'
import { findHistogram } from '#query/explore/histogram.ts'
import { type GroupKind, listGroups } from '#query/explore/list-groups.ts'
import { listObservations, OBSERVATION_LIST_ORDERS } from '#query/explore/list-observations.ts'
import { listTraces, TRACE_LIST_ORDERS } from '#query/explore/list-traces.ts'
import type { ListQuestion } from '#query/explore/listing.ts'
import { suggestValues } from '#query/explore/suggest.ts'
import { listToken, type Place, parseListToken } from '#query/page-token.ts'
import type { Engine } from '#store/engine.ts'

export interface ExploreDeps {
  readonly engine: Engine
  /** What a list may take before it shows what it has. */
  readonly listBudgetMs: number
}

/** Tables of traces, observations, sessions and users, and what stands around them. */
export function exploreRoutes(deps: ExploreDeps): Route[] {
  return [
    traceListRoute(deps),
    observationListRoute(deps),
    histogramRoute(deps),
    suggestRoute(deps),
    groupsRoute(deps, 'session'),
    groupsRoute(deps, 'user'),
  ]
}

function traceListRoute({ engine, listBudgetMs }: ExploreDeps): Route {
  return uiRoute({
    method: 'GET',
    path: '/explore/traces',
    summary: 'One page of traces',
    isRead: true,
    query: ListQuery,
    handle: async (request) => {
      const question = listQuestion(request, { orders: TRACE_LIST_ORDERS, budgetMs: listBudgetMs })
      const { rows, scannedTo } = await listTraces(readerOf(request, engine), question)
      const last = rows.at(-1)?.trace
      const place = { count: rows.length, last: last && { time: last.timestamp, id: last.id }, scannedTo }
      return { body: { rows: rows.map(toTraceListRowDto), ...nextPage(question, place) } satisfies TraceListDto }
    },
  })
}

function observationListRoute({ engine, listBudgetMs }: ExploreDeps): Route {
  return uiRoute({
    method: 'GET',
    path: '/explore/observations',
    summary: 'One page of observations',
    isRead: true,
    query: ListQuery,
    handle: async (request) => {
      const question = listQuestion(request, { orders: OBSERVATION_LIST_ORDERS, budgetMs: listBudgetMs })
      const { rows, scannedTo } = await listObservations(readerOf(request, engine), question)
      const last = rows.at(-1)?.observation
      const place = { count: rows.length, last: last && { time: last.startTime, id: last.id }, scannedTo }
      return {
        body: { rows: rows.map(toObservationListRowDto), ...nextPage(question, place) } satisfies ObservationListDto,
      }
    },
  })
}

function histogramRoute({ engine, listBudgetMs }: ExploreDeps): Route {
  return uiRoute({
    method: 'GET',
    path: '/explore/:view/histogram',
    summary: 'How many rows there are, over time and in all, and what they come to',
    isRead: true,
    params: ExploredParams,
    query: HistogramQuery,
    handle: async (request) => {
      const { view } = request.params
      const { figure } = request.query
      const question = { view, figure, ...explored(request), budget: startBudget(listBudgetMs) }
      const { stepMs, bars, total, isEstimated } = await findHistogram(readerOf(request, engine), question)
      const body: HistogramDto = {
        stepMs,
        bars: bars.map(({ startMs, count, errors }) => [startMs, count, errors]),
        total,
        isEstimated,
        ...(figure && { figures: bars.map((bar) => bar.figure ?? null) }),
      }
      return { body }
    },
  })
}

function suggestRoute({ engine }: ExploreDeps): Route {
  return uiRoute({
    method: 'GET',
    path: '/explore/:view/suggest',
    summary: 'The most frequent values of a field',
    params: ExploredParams,
    query: SuggestQuery,
    handle: async (request) => {
      const { field, typed = '' } = request.query
      const question = { view: request.params.view, field, typed, ...explored(request) }
      const values = await suggestValues(readerOf(request, engine), question)
      return { body: { values } satisfies SuggestionsDto }
    },
  })
}

const PATHS: Readonly<Record<GroupKind, string>> = { session: '/explore/sessions', user: '/explore/users' }

function groupsRoute({ engine }: ExploreDeps, kind: GroupKind): Route {
  return uiRoute({
    method: 'GET',
    path: PATHS[kind],
    summary: `Traces summed up by ${kind}`,
    isRead: true,
    query: TraceGroupsQuery,
    handle: async (request) => {
      const { skip, limit } = request.query
      const question = { kind, skip, limit, ...explored(request) }
      const { groups, total } = await listGroups(readerOf(request, engine), question)
      return { body: { rows: groups.map(toTraceGroupDto), total } satisfies TraceGroupsDto }
    },
  })
}

interface Explored {
  readonly query: Pick<ListQuery, 'from' | 'to' | 'filter' | 'env'>
  /** Milliseconds since the epoch. */
  readonly receivedAt: number
}

/** A minute past now, for clients whose clocks are fast. */
const AHEAD_MS = 60_000

function explored({ query, receivedAt }: Explored) {
  const filters: Filter[] = [...anyOf('environment', query.env), ...parseFilters(query.filter)]
  const to = query.to === undefined ? nanosFromMs(receivedAt + AHEAD_MS) : nanosOf(query.to)
  return { filters, from: nanosOf(query.from), to }
}

function listQuestion<Order extends string>(
  request: Explored & { readonly query: ListQuery },
  { orders, budgetMs }: { readonly orders: readonly [Order, ...Order[]]; readonly budgetMs: number },
): ListQuestion<Order> {
  const { limit, cursor, columns } = request.query
  return {
    ...explored(request),
    order: parseOrder(request.query.order, orders),
    cursor: cursor === undefined ? undefined : parseListToken(cursor),
    limit,
    columns: parseMoreColumns(columns),
    now: request.receivedAt,
    budget: startBudget(budgetMs),
  }
}

/** `<column>.<asc|desc>`; the first column, newest first, when absent. */
function parseOrder<Order extends string>(
  text: string | undefined,
  orders: readonly [Order, ...Order[]],
): { by: Order; isAscending: boolean } {
  if (text === undefined) return { by: orders[0], isAscending: false }
  const [name, direction] = text.split('.')
  const by = orders.find((order) => order === name)
  if (by === undefined || (direction !== 'asc' && direction !== 'desc'))
    throw new AppError('bad_request', `"${text}" is no order; there are ${orders.join(', ')}, each with .asc or .desc`)
  return { by, isAscending: direction === 'asc' }
}

interface PageEnd {
  readonly count: number
  readonly last: Place | undefined
  readonly scannedTo: Nanos | undefined
}

/** Where the next page begins: nowhere after one that is not full, unless the search for it stopped half-way. */
function nextPage(
  { order, cursor, limit }: ListQuestion<string>,
  { count, last, scannedTo }: PageEnd,
): Pick<TraceListDto, 'cursor' | 'scannedTo'> {
  // No id comes before '': what is of that very instant was looked at.
  if (scannedTo !== undefined)
    return { cursor: listToken({ after: { time: scannedTo, id: '' } }), scannedTo: msFromNanos(scannedTo) }
  if (count < limit || !last) return { cursor: null, scannedTo: null }
  const isByTime = (order.by === 'timestamp' || order.by === 'startTime') && !order.isAscending
  const skipped = cursor && 'skip' in cursor ? cursor.skip : 0
  return { cursor: listToken(isByTime ? { after: last } : { skip: skipped + count }), scannedTo: null }
}
