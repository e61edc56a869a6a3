import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { TraceGroupDto } from '@xtrace/contract'
import { useState } from 'react'
import { groupsQuery } from '#api/explore.ts'
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
import { formatCount } from '#lib/format/figures.ts'
import { useInterval } from '#project/use-interval.ts'
import { useProject } from '#project/use-project.ts'
import { useSharedSearch } from '#project/use-shared-search.ts'

const COLUMNS: readonly Column<TraceGroupDto>[] = [
  { id: 'id', label: 'Id', width: 260, cell: ({ id }) => id },
  { id: 'last', label: 'Last trace', width: 170, cell: ({ last }) => new Date(last).toLocaleString() },
  { id: 'traces', label: 'Traces', width: 90, isNumeric: true, cell: ({ traces }) => formatCount(traces) },
  { id: 'errors', label: 'Errors', width: 90, isNumeric: true, cell: ({ errors }) => formatCount(errors) },
  { id: 'cost', label: 'Cost', width: 90, isNumeric: true, cell: ({ cost }) => formatCost(cost) },
]

/** Users of the time range, the newest first. */
export function UsersPage() {
  const { project } = useProject()
  const { env } = useSharedSearch()
  const interval = useInterval()
  const navigate = useNavigate()
  const [layout, setLayout] = useTableLayout('users')
  const [focus, setFocus] = useState<CellFocus>()
  const list = useInfiniteQuery(groupsQuery(project.id, 'users', { interval, env }))
  const rows = list.data?.pages.flatMap((page) => page.rows) ?? []
  const open = (row: TraceGroupDto) =>
    navigate({ to: '/p/$project/users/$id', params: { project: project.id, id: row.id } })
  return (
    <Page title="Users">
      <div className="flex h-10 shrink-0 items-center justify-end border-b px-3">
        <ColumnsMenu columns={COLUMNS} layout={layout} onLayoutChange={setLayout} />
      </div>
      {list.isPending ? <SkeletonRows count={12} /> : null}
      {list.error ? <ErrorState error={list.error} doing="read the users" onRetry={() => list.refetch()} /> : null}
      {list.isSuccess && rows.length === 0 ? (
        <EmptyState title="No users in this time range" text="Traces belong to a user when they carry a user id." />
      ) : null}
      {rows.length > 0 ? (
        <DataTable
          label="Users"
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
