/** The table of all sessions or all users of the time range, with a search by id. */
import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { TraceGroupDto } from '@xtrace/contract'
import { type ReactNode, useMemo, useState } from 'react'
import { groupsQuery } from '#api/explore.ts'
import { ColumnsMenu } from '#components/data-table/columns-menu.tsx'
import { DataTable } from '#components/data-table/data-table.tsx'
import { readOnOf } from '#components/data-table/read-on.ts'
import type { CellFocus } from '#components/data-table/use-table-keys.ts'
import { EmptyState } from '#components/empty-state/empty-state.tsx'
import { ErrorState } from '#components/error-state/error-state.tsx'
import { FailedNote } from '#components/explorer/failed-note.tsx'
import { useLinkedLayout } from '#components/explorer/use-linked-layout.ts'
import { useAnnounced } from '#components/ui/announcer.tsx'
import { Button } from '#components/ui/button.tsx'
import { SkeletonRows } from '#components/ui/skeleton.tsx'
import { formatCount } from '#lib/format/figures.ts'
import { useTimeFormat } from '#preferences/use-preferences.ts'
import { useInterval } from '#project/use-interval.ts'
import { useProject } from '#project/use-project.ts'
import { useSharedSearch } from '#project/use-shared-search.ts'
import type { Interval } from '#search/time-range.ts'
import { groupColumns } from './group-columns.tsx'
import { conditionsOfGroup, conditionsOfSearch, GROUP_PAGES, type GroupField } from './group-links.ts'
import { IdSearch } from './id-search.tsx'

interface GroupsTableProps {
  readonly field: GroupField
  /** Ids that hold this are shown. */
  readonly typed?: string
  /** Absent where there is nothing to search in. */
  onSearch?(typed: string): void
  /** The columns that the address names. */
  readonly cols?: readonly string[] | undefined
  /** Absent where the address keeps none. */
  onCols?(cols: string[] | undefined): void
  /** Only the groups of this user or session. */
  readonly of?: { readonly field: GroupField; readonly id: string }
  /** Shown when there are none at all in the time range. */
  readonly empty: ReactNode
}

const NOUNS = {
  session: { many: 'sessions', title: 'Sessions' },
  user: { many: 'users', title: 'Users' },
} as const

export function GroupsTable(props: GroupsTableProps) {
  const { field, typed = '', onSearch } = props
  const { project } = useProject()
  const interval = useInterval()
  const time = useTimeFormat()
  const navigate = useNavigate()
  const isOfOne = props.of !== undefined
  const { layout, setLayout } = useLinkedLayout({
    name: NOUNS[field].many,
    cols: props.cols,
    setCols: (cols) => props.onCols?.(cols),
    isOwn: true,
  })
  const [focus, setFocus] = useState<CellFocus>()
  const { list, rows, total } = useGroups(props, interval)
  const count = total === undefined ? '' : `${formatCount(total)} ${total === 1 ? field : NOUNS[field].many}`
  useAnnounced(`count of ${field}`, count)
  const columns = useMemo(
    () => groupColumns({ project: project.id, field, time, nowMs: interval.toMs, isOfOne }),
    [project.id, field, time, interval.toMs, isOfOne],
  )
  const open = ({ id }: TraceGroupDto, { isNewTab }: { readonly isNewTab: boolean }) => {
    if (isNewTab) window.open(`/p/${project.id}/${NOUNS[field].many}/${encodeURIComponent(id)}`, '_blank', 'noopener')
    else void navigate({ to: GROUP_PAGES[field], params: { project: project.id, id } })
  }
  return (
    <>
      <div className="flex min-h-10 shrink-0 items-center gap-3 border-b px-3 py-1">
        {onSearch ? <IdSearch key={typed} noun={NOUNS[field].many} typed={typed} onSearch={onSearch} /> : null}
        <span className="tabular whitespace-nowrap text-12 text-text-3">{count}</span>
        <div className="flex-1" />
        <ColumnsMenu columns={columns} layout={layout} onLayoutChange={setLayout} />
      </div>
      {list.isPending ? <SkeletonRows count={12} /> : null}
      <FailedNote list={list} />
      {list.error && !list.data ? (
        <ErrorState error={list.error} doing={`read the ${NOUNS[field].many}`} onRetry={() => list.refetch()} />
      ) : null}
      {list.isSuccess && rows.length === 0 ? <Nothing {...props} /> : null}
      {rows.length > 0 ? (
        <DataTable
          label={NOUNS[field].title}
          columns={columns}
          layout={layout}
          onLayoutChange={setLayout}
          rows={rows}
          rowId={(row) => row.id}
          hasError={(row) => row.errors > 0}
          focus={focus}
          onFocus={setFocus}
          onOpen={open}
          hasMore={list.hasNextPage}
          onEndReached={readOnOf(list)}
        />
      ) : null}
    </>
  )
}

function useGroups({ field, typed = '', of }: GroupsTableProps, interval: Interval) {
  const { project } = useProject()
  const { env } = useSharedSearch()
  const filter = of ? conditionsOfGroup(of.field, of.id) : conditionsOfSearch(field, typed)
  const list = useInfiniteQuery(groupsQuery(project.id, NOUNS[field].many, { interval, env, filter }))
  const pages = list.data?.pages ?? []
  return { list, rows: pages.flatMap((page) => page.rows), total: pages[0]?.total }
}

function Nothing({ field, typed = '', onSearch, empty }: GroupsTableProps) {
  if (typed === '') return empty
  return (
    <EmptyState title={`No ${NOUNS[field].many} with “${typed}” in their id`} text="In the chosen time range.">
      <Button onClick={() => onSearch?.('')}>Clear the search</Button>
    </EmptyState>
  )
}
