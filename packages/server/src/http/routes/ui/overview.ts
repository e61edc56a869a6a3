import { type OverviewDto, OverviewQuery, type TraceFiguresDto } from '@xtrace/contract'
import { nanosFromMs } from '#domain/time.ts'
import { nanosOf } from '#http/filter-params.ts'
import { readerOf } from '#http/read-deps.ts'
import type { Route } from '#http/route.ts'
import { uiRoute } from '#http/ui-route.ts'
import { findOverview, type TraceFigures } from '#query/explore/overview.ts'
import type { Engine } from '#store/engine.ts'

/** How the project fares. */
export function overviewRoutes({ engine }: { readonly engine: Engine }): Route[] {
  return [
    uiRoute({
      method: 'GET',
      path: '/explore/overview',
      summary: 'Figures of the traces, in all, over time and by a key',
      isRead: true,
      query: OverviewQuery,
      handle: async (request) => {
        const { from, to, env = [], by = 'model' } = request.query
        const found = await findOverview(readerOf(request, engine), {
          from: nanosOf(from),
          to: to === undefined ? nanosFromMs(request.receivedAt) : nanosOf(to),
          environments: env,
          by,
        })
        const { stepMs, total, before, buckets, groups, otherGroups, scores } = found
        const body: OverviewDto = {
          stepMs,
          total: toDto(total),
          before: toDto(before),
          buckets: buckets.map(({ startMs, ...figures }) => ({ startMs, ...toDto(figures) })),
          groups: groups.map(({ cost, p90, ...group }) => ({ ...group, cost: cost ?? null, p90: p90 ?? null })),
          otherGroups,
          scores: [...scores],
        }
        return { body }
      },
    }),
  ]
}

const toDto = ({ cost, p50, p90, p99, ...counts }: TraceFigures): TraceFiguresDto => ({
  ...counts,
  cost: cost ?? null,
  p50: p50 ?? null,
  p90: p90 ?? null,
  p99: p99 ?? null,
})
