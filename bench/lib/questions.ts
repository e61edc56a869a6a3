/** What readers ask, over HTTP. The bounds of time hang on the newest seeded row, not on the clock. */
import type { AimName } from '../budgets.ts'

export interface Facts {
  /** Milliseconds since the epoch. */
  readonly newest: number
  /** Traces in the store. */
  readonly traces: number
  /** A trace from the middle of the history, and what it belongs to. */
  readonly trace: { readonly id: string; readonly userId: string; readonly sessionId: string; readonly name: string }
}

export interface Question {
  readonly name: string
  readonly path: string
  /** Whether what it must look at is bounded in time, so that ten times the history may not cost ten times as much. */
  readonly isBounded: boolean
  /** Aims of the median at a million observations, and of p95 at ten million. */
  readonly aims?: { readonly million?: AimName; readonly tenMillion?: AimName }
}

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000
const PAGE = 50

export function questionsOf(facts: Facts): Question[] {
  return [...lists(facts), ...lookups(facts), ...aggregates(facts), ...gauges(facts)]
}

const iso = (ms: number) => new Date(ms).toISOString()
const query = (path: string, params: Readonly<Record<string, string | number>>) =>
  `${path}?${new URLSearchParams(Object.entries(params).map(([key, value]): [string, string] => [key, String(value)]))}`
const filter = (...conditions: readonly object[]) => JSON.stringify(conditions)

function lists({ newest, traces, trace }: Facts): Question[] {
  const list = { million: 'query.1m.list', tenMillion: 'query.10m.list' } as const
  const traceList = (params: Readonly<Record<string, string | number>>) =>
    query('/api/public/traces', { limit: PAGE, ...params })
  // The public list is not ordered by cost; the page's is.
  const pageList = (params: Readonly<Record<string, string>>) =>
    query('/api/ui/projects/default/explore/traces', { from: iso(newest - 7 * DAY_MS), ...params })
  const lastPage = Math.floor(traces / PAGE)
  const day = { fromTimestamp: iso(newest - DAY_MS) }
  const contains = (column: string, value: string) => ({ type: 'string', column, operator: 'contains', value })
  return [
    { name: 'traces: newest 50', path: traceList({}), isBounded: true, aims: list },
    { name: 'traces: core fields only', path: traceList({ fields: 'core' }), isBounded: true, aims: list },
    { name: 'traces: of a user', path: traceList({ userId: trace.userId }), isBounded: false, aims: list },
    { name: 'traces: of a session', path: traceList({ sessionId: trace.sessionId }), isBounded: false, aims: list },
    { name: 'traces: by name', path: traceList({ name: trace.name }), isBounded: false, aims: list },
    { name: 'traces: by tag', path: traceList({ tags: 'beta' }), isBounded: false, aims: list },
    { name: 'traces: by version', path: traceList({ version: 'v3' }), isBounded: false, aims: list },
    { name: 'traces: by release', path: traceList({ release: 'r7' }), isBounded: false, aims: list },
    { name: 'traces: by environment', path: traceList({ environment: 'staging' }), isBounded: false, aims: list },
    { name: 'traces: of a day', path: traceList(day), isBounded: true, aims: list },
    {
      name: 'traces: by metadata',
      path: traceList({
        filter: filter({ type: 'stringObject', column: 'metadata', key: 'tenant', operator: '=', value: 't7' }),
      }),
      isBounded: false,
    },
    {
      name: 'traces: of a day, cost above 1 cent',
      path: traceList({
        filter: filter(
          { type: 'datetime', column: 'timestamp', operator: '>=', value: iso(newest - DAY_MS) },
          { type: 'number', column: 'totalCost', operator: '>', value: 0.01 },
        ),
      }),
      isBounded: true,
    },
    { name: 'traces: last page', path: traceList({ page: lastPage }), isBounded: false, aims: list },
    { name: 'traces: sorted by name', path: traceList({ orderBy: 'name.asc' }), isBounded: false },
    { name: 'page: newest 100 traces, 7 days', path: pageList({}), isBounded: true, aims: list },
    {
      name: 'page: traces sorted by cost, 7 days',
      path: pageList({ order: 'totalCost.desc' }),
      isBounded: true,
      aims: list,
    },
    {
      name: 'text search: names',
      path: traceList({ filter: filter(contains('name', 'invoice')) }),
      isBounded: false,
    },
    {
      name: 'text search: output of observations, 7 days',
      path: query('/api/public/v2/observations', {
        fromStartTime: iso(newest - 7 * DAY_MS),
        toStartTime: iso(newest + HOUR_MS),
        filter: filter({ type: 'string', column: 'output', operator: 'matches', value: 'zenbra' }),
      }),
      isBounded: true,
    },
  ]
}

function lookups({ newest, trace }: Facts): Question[] {
  const byId = { million: 'query.1m.trace', tenMillion: 'query.10m.trace' } as const
  const day = { fromStartTime: iso(newest - DAY_MS), toStartTime: iso(newest + HOUR_MS) }
  return [
    { name: 'trace by id', path: `/api/public/traces/${trace.id}`, isBounded: true, aims: byId },
    {
      name: 'observations v1: newest 50',
      path: query('/api/public/observations', { limit: PAGE }),
      isBounded: true,
    },
    {
      name: 'observations v1: generations of a day',
      path: query('/api/public/observations', { limit: PAGE, type: 'GENERATION', ...day }),
      isBounded: true,
    },
    {
      name: 'observations v1: of a trace',
      path: query('/api/public/observations', { traceId: trace.id }),
      isBounded: true,
    },
    {
      name: 'observations v2: newest 50',
      path: query('/api/public/v2/observations', { fields: 'core,basic,io' }),
      isBounded: true,
    },
    {
      name: 'observations v2: errors of a day',
      path: query('/api/public/v2/observations', { level: 'ERROR', ...day }),
      isBounded: true,
    },
    { name: 'sessions: newest 50', path: query('/api/public/sessions', { limit: PAGE }), isBounded: true },
    { name: 'session by id', path: `/api/public/sessions/${trace.sessionId}`, isBounded: true },
    { name: 'scores: newest 50', path: query('/api/public/v2/scores', { limit: PAGE }), isBounded: true },
  ]
}

function aggregates({ newest, traces }: Facts): Question[] {
  const week = { fromTimestamp: iso(newest - 7 * DAY_MS), toTimestamp: iso(newest + HOUR_MS) }
  const weekAim = { tenMillion: 'query.10m.week' } as const
  const daily = { million: 'query.1m.daily', tenMillion: 'query.10m.week' } as const
  const ask = (path: string, question: object) => query(path, { query: JSON.stringify({ ...question, ...week }) })
  const count = { measure: 'count', aggregation: 'count' }
  const view = 'observations'
  const byDay = { granularity: 'day' }
  return [
    {
      name: `daily metrics, all time (${traces} traces)`,
      path: query('/api/public/metrics/daily', { limit: 100 }),
      isBounded: false,
      aims: { million: 'query.1m.daily' },
    },
    { name: 'daily metrics, 7 days', path: query('/api/public/metrics/daily', week), isBounded: true, aims: daily },
    {
      name: 'metrics v1: traces a day, 7 days',
      path: ask('/api/public/metrics', { view: 'traces', metrics: [count], timeDimension: byDay }),
      isBounded: true,
      aims: weekAim,
    },
    {
      name: 'metrics v1: cost by model, 7 days',
      path: ask('/api/public/metrics', {
        view,
        dimensions: [{ field: 'providedModelName' }],
        metrics: [{ measure: 'totalCost', aggregation: 'sum' }],
      }),
      isBounded: true,
      aims: weekAim,
    },
    {
      name: 'metrics v2: latency p50, p95, p99 by model, 7 days',
      path: ask('/api/public/v2/metrics', {
        view,
        dimensions: [{ field: 'providedModelName' }],
        metrics: ['p50', 'p95', 'p99'].map((aggregation) => ({ measure: 'latency', aggregation })),
      }),
      isBounded: true,
      aims: weekAim,
    },
    {
      name: 'metrics v2: observations an hour by level, 7 days',
      path: ask('/api/public/v2/metrics', {
        view,
        dimensions: [{ field: 'level' }],
        metrics: [count],
        timeDimension: { granularity: 'hour' },
      }),
      isBounded: true,
      aims: weekAim,
    },
  ]
}

/** A router's question, and a chart's. */
function gauges({ newest }: Facts): Question[] {
  const gauge = (hours: number, params: Readonly<Record<string, string>>) =>
    query('/api/public/metrics/query', {
      name: 'gpu_utilization',
      from: iso(newest - hours * HOUR_MS),
      to: iso(newest),
      ...params,
    })
  return [
    { name: 'metrics/query: last of a series, 5 min', path: gauge(1 / 12, { agg: 'last' }), isBounded: true },
    {
      name: 'metrics/query: p99 by node, a day in steps of 5 min',
      path: gauge(24, { agg: 'p99', step: '5m', group_by: 'node_id' }),
      isBounded: true,
    },
  ]
}
