import { type ObservationTailDto, TailQuery, type TraceTailDto, UiTraceParams } from '@xtrace/contract'
import { AppError } from '#domain/errors.ts'
import type { ProjectId } from '#domain/ids.ts'
import { MIN_NANOS, nanosFromMs } from '#domain/time.ts'
import type { PlacedNews, StoredFeed } from '#eventlog/stored-feed.ts'
import { toObservationListRowDto, toTraceListRowDto } from '#http/dto/ui/explore-dto.ts'
import { eventStream, type StreamEvent } from '#http/event-stream.ts'
import { anyOf, parseFilters } from '#http/filter-params.ts'
import { parseMoreColumns } from '#http/more-columns.ts'
import { readerOf } from '#http/read-deps.ts'
import type { Reply, Route } from '#http/route.ts'
import { type UiProjectRequest, uiRoute } from '#http/ui-route.ts'
import { listObservations } from '#query/explore/list-observations.ts'
import { listTraces } from '#query/explore/list-traces.ts'
import type { ListQuestion } from '#query/explore/listing.ts'
import type { Reader } from '#query/reader.ts'
import type { Engine } from '#store/engine.ts'
import { createNewsReel, type NewsReel } from './news-reel.ts'

export interface TailDeps {
  readonly engine: Engine
  readonly feed: StoredFeed
}

/** Lists and traces that grow while they are looked at. */
export function tailRoutes(deps: TailDeps): Route[] {
  const watchers = createWatchers()
  const tail = (request: Request, eventsOf: EventsOf) => watch(request, { ...deps, watchers, eventsOf })
  return [
    uiRoute({
      method: 'GET',
      path: '/explore/traces/tail',
      summary: 'Traces as they come and change, as server-sent events',
      query: TailQuery,
      handle: (request) => {
        const asked = askedOf(request.query)
        const reader = readerOf(request, deps.engine)
        return tail(request, ({ traceIds }) => traceRows(reader, asked, traceIds))
      },
    }),
    uiRoute({
      method: 'GET',
      path: '/explore/observations/tail',
      summary: 'Observations as they come and change, as server-sent events',
      query: TailQuery,
      handle: (request) => {
        const asked = askedOf(request.query)
        const reader = readerOf(request, deps.engine)
        return tail(request, ({ observationIds }) => observationRows(reader, asked, observationIds))
      },
    }),
    uiRoute({
      method: 'GET',
      path: '/traces/:traceId/tail',
      summary: 'An event `changed` whenever the trace has changed',
      params: UiTraceParams,
      handle: (request) =>
        tail(request, async ({ traceIds }) =>
          traceIds.includes(request.params.traceId) ? { event: 'changed', data: {} } : undefined,
        ),
    }),
  ]
}

/** What some news is worth telling; undefined for nothing. */
type EventsOf = (news: Omit<PlacedNews, 'place'>) => Promise<Omit<StreamEvent, 'id'> | undefined>

type Request = Pick<UiProjectRequest<unknown, unknown>, 'caller' | 'signal' | 'header'>

interface Watch extends TailDeps {
  readonly watchers: Watchers
  readonly eventsOf: EventsOf
}

/** As many rows as the next screen could hold; older ones among the same news are not told. */
const MAX_ROWS = 200

function watch(request: Request, { feed, watchers, eventsOf }: Watch): Reply {
  const { projectId } = request.caller
  const leave = watchers.enter(projectId)
  const lastId = request.header('last-event-id')
  const reel = createNewsReel(feed, projectId, lastId)
  return eventStream(request.signal, {
    // What was missed before is not told yet.
    id: lastId ?? reel.id(),
    next: (wait) => nextEvents(reel, eventsOf, wait),
    close: () => {
      reel.close()
      leave()
    },
  })
}

async function nextEvents(reel: NewsReel, eventsOf: EventsOf, wait: AbortSignal): Promise<StreamEvent[]> {
  const news = await reel.next(wait)
  if (news === undefined) return []
  if (news === 'lost') return [{ event: 'reset', data: {}, id: reel.id() }]
  const id = reel.id()
  const event = await eventsOf(news)
  return event ? [{ ...event, id }] : []
}

type Asked = Required<Pick<ListQuestion<string>, 'filters' | 'columns'>>

const askedOf = ({ filter, env, columns }: TailQuery): Asked => ({
  filters: [...anyOf('environment', env), ...parseFilters(filter)],
  columns: parseMoreColumns(columns),
})

const question = ({ filters, columns }: Asked, ids: readonly string[]) => ({
  columns,
  filters: [...filters, { type: 'stringOptions', column: 'id', operator: 'any of', value: ids } as const],
  from: MIN_NANOS,
  to: nanosFromMs(Date.now() + 60_000),
  cursor: undefined,
  limit: MAX_ROWS,
  now: Date.now(),
})

async function traceRows(reader: Reader, asked: Asked, ids: readonly string[]) {
  const newest = ids.slice(-MAX_ROWS)
  if (newest.length === 0) return undefined
  const order = { by: 'timestamp', isAscending: true } as const
  const { rows } = await listTraces(reader, { ...question(asked, newest), order })
  const data: TraceTailDto = { rows: rows.map(toTraceListRowDto) }
  return rows.length === 0 ? undefined : { event: 'rows', data }
}

async function observationRows(reader: Reader, asked: Asked, ids: readonly string[]) {
  const newest = ids.slice(-MAX_ROWS)
  if (newest.length === 0) return undefined
  const order = { by: 'startTime', isAscending: true } as const
  const { rows } = await listObservations(reader, { ...question(asked, newest), order })
  const data: ObservationTailDto = { rows: rows.map(toObservationListRowDto) }
  return rows.length === 0 ? undefined : { event: 'rows', data }
}

interface Watchers {
  /** Gives what to call when they leave. @throws AppError `too_many_requests` past the bound */
  enter(projectId: ProjectId): () => void
}

const MAX_WATCHERS = 50

/** Each watcher asks the store again and again: there is a bound on how many a project may have. */
function createWatchers(): Watchers {
  const counts = new Map<ProjectId, number>()
  return {
    enter(projectId) {
      const count = counts.get(projectId) ?? 0
      if (count >= MAX_WATCHERS)
        throw new AppError('too_many_requests', `${MAX_WATCHERS} windows watch this project already; close some`)
      counts.set(projectId, count + 1)
      return () => counts.set(projectId, (counts.get(projectId) ?? 1) - 1)
    },
  }
}
