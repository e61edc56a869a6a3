import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { TraceListRowDto } from '@xtrace/contract'
import { useState } from 'react'
import { tracesQuery } from '#api/explore.ts'
import type { Column } from '#components/data-table/column.ts'
import { ColumnsMenu } from '#components/data-table/columns-menu.tsx'
import { DataTable } from '#components/data-table/data-table.tsx'
import type { CellFocus } from '#components/data-table/use-table-keys.ts'
import { useTableLayout } from '#components/data-table/use-table-layout.ts'
import { EmptyState } from '#components/empty-state/empty-state.tsx'
import { ErrorState } from '#components/error-state/error-state.tsx'
import { Page } from '#components/page/page.tsx'
import { SkeletonRows } from '#components/ui/skeleton.tsx'
import { formatCost } from '#lib/format/cost.ts'
import { formatDuration } from '#lib/format/duration.ts'
import { formatTokenPair } from '#lib/format/tokens.ts'
import { useInterval } from '#project/use-interval.ts'
import { useProject } from '#project/use-project.ts'
import { useSharedSearch } from '#project/use-shared-search.ts'

const COLUMNS: readonly Column<TraceListRowDto>[] = [
  { id: 'time', label: 'Time', width: 170, cell: ({ time }) => new Date(time).toLocaleString() },
  { id: 'name', label: 'Name', width: 240, cell: ({ name }) => name ?? '–' },
  {
    id: 'latency',
    label: 'Latency',
    width: 90,
    isNumeric: true,
    cell: ({ latency }) => formatDuration(latency === null ? null : latency * 1000),
  },
  {
    id: 'tokens',
    label: 'Tokens',
    width: 120,
    isNumeric: true,
    cell: ({ inputTokens, outputTokens }) => formatTokenPair(inputTokens, outputTokens),
  },
  { id: 'cost', label: 'Cost', width: 90, isNumeric: true, cell: ({ cost }) => formatCost(cost) },
  { id: 'user', label: 'User', width: 140, cell: ({ userId }) => userId ?? '–' },
  { id: 'session', label: 'Session', width: 160, cell: ({ sessionId }) => sessionId ?? '–' },
]

/** Traces of the time range, the newest first. */
export function TracesPage() {
  const { project } = useProject()
  const { env } = useSharedSearch()
  const interval = useInterval()
  const navigate = useNavigate()
  const [layout, setLayout] = useTableLayout('traces')
  const [focus, setFocus] = useState<CellFocus>()
  const list = useInfiniteQuery(tracesQuery(project.id, { interval, env }))
  const rows = list.data?.pages.flatMap((page) => page.rows) ?? []
  const open = (row: TraceListRowDto) =>
    navigate({ to: '/p/$project/traces/$trace', params: { project: project.id, trace: row.id } })
  return (
    <Page title="Traces">
      <div className="flex h-10 shrink-0 items-center justify-end border-b px-3">
        <ColumnsMenu columns={COLUMNS} layout={layout} onLayoutChange={setLayout} />
      </div>
      {list.isPending ? <SkeletonRows count={12} /> : null}
      {list.error ? <ErrorState error={list.error} doing="read the traces" onRetry={() => list.refetch()} /> : null}
      {list.isSuccess && rows.length === 0 ? (
        <EmptyState title="No traces in this time range" text="Choose a longer one at the top, or send a trace." />
      ) : null}
      {rows.length > 0 ? (
        <DataTable
          label="Traces"
          columns={COLUMNS}
          layout={layout}
          onLayoutChange={setLayout}
          rows={rows}
          rowId={(row) => row.id}
          focus={focus}
          onFocus={setFocus}
          onOpen={open}
          onEndReached={list.hasNextPage && !list.isFetchingNextPage ? () => list.fetchNextPage() : undefined}
        />
      ) : null}
    </Page>
  )
}
