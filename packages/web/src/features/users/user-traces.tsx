import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useRouter } from '@tanstack/react-router'
import type { TraceListRowDto } from '@xtrace/contract'
import { type ReactNode, useEffect, useMemo, useState } from 'react'
import { tracesQuery } from '#api/explore.ts'
import type { Explored } from '#api/explore-path.ts'
import type { Column } from '#components/data-table/column.ts'
import { DataTable } from '#components/data-table/data-table.tsx'
import { readOnOf, retry } from '#components/data-table/read-on.ts'
import type { CellFocus } from '#components/data-table/use-table-keys.ts'
import { useTableLayout } from '#components/data-table/use-table-layout.ts'
import { ErrorState } from '#components/error-state/error-state.tsx'
import { FailedNote } from '#components/explorer/failed-note.tsx'
import { GroupLink } from '#components/trace-groups/group-columns.tsx'
import { SkeletonRows } from '#components/ui/skeleton.tsx'
import { formatCost } from '#lib/format/cost.ts'
import { formatDuration } from '#lib/format/duration.ts'
import { formatCount } from '#lib/format/figures.ts'
import type { TimeFormat } from '#lib/format/time.ts'
import { formatTokenPair } from '#lib/format/tokens.ts'
import { useTimeFormat } from '#preferences/use-preferences.ts'
import { useProject } from '#project/use-project.ts'
import { printListRef } from '#search/list-ref.ts'

interface UserTracesProps {
  /** The traces of the user within the time range. */
  readonly explored: Explored
  readonly empty: ReactNode
}

export function UserTraces({ explored, empty }: UserTracesProps) {
  const { project } = useProject()
  const time = useTimeFormat()
  const router = useRouter()
  const [layout, setLayout] = useTableLayout('user-traces')
  const [focus, setFocus] = useState<CellFocus>()
  const list = useInfiniteQuery(tracesQuery(project.id, explored))
  const rows = list.data?.pages.flatMap((page) => page.rows) ?? []
  const readOn = readOnOf(list)
  // A page that had to be given before it was full is gone on with at once.
  const isPartial = list.data?.pages.at(-1)?.scannedTo != null
  useEffect(() => {
    if (isPartial) readOn?.()
  }, [isPartial, readOn])
  const nowMs = explored.interval.toMs
  const ref = useMemo(() => printListRef({ list: 'traces', ...explored }), [explored])
  const columns = useMemo(() => columnsOf({ project: project.id, ref }, time, nowMs), [project.id, ref, time, nowMs])
  const open = ({ id }: TraceListRowDto, { isNewTab }: { readonly isNewTab: boolean }) => {
    const place = {
      to: '/p/$project/traces/$trace',
      params: { project: project.id, trace: id },
      search: { ref },
    } as const
    if (isNewTab) window.open(router.buildLocation(place).href, '_blank', 'noopener')
    else void router.navigate(place)
  }
  if (list.isPending) return <SkeletonRows count={12} />
  if (list.error && rows.length === 0)
    return <ErrorState error={list.error} doing="read the traces" onRetry={() => retry(list)} />
  if (rows.length === 0) return list.hasNextPage ? <SkeletonRows count={12} /> : empty
  return (
    <>
      <FailedNote list={list} />
      <DataTable
        label="Traces"
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
        onEndReached={isPartial ? undefined : readOn}
      />
    </>
  )
}

const columnsOf = (
  { project, ref }: { readonly project: string; readonly ref: string },
  time: TimeFormat,
  nowMs: number,
): readonly Column<TraceListRowDto>[] => [
  {
    id: 'time',
    label: 'Time',
    width: 110,
    cell: (row) => <span title={time.full(row.time)}>{time.when(row.time, nowMs)}</span>,
  },
  {
    id: 'name',
    label: 'Name',
    width: 240,
    cell: ({ id, name }) => (
      <Link
        to="/p/$project/traces/$trace"
        params={{ project, trace: id }}
        search={{ ref }}
        className="-my-1.5 py-1.5 text-accent hover:underline"
        title={id}
      >
        {name ?? id}
      </Link>
    ),
  },
  {
    id: 'session',
    label: 'Session',
    width: 180,
    cell: ({ sessionId }) => (sessionId ? <GroupLink project={project} field="session" id={sessionId} /> : '–'),
  },
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
  {
    id: 'cost',
    label: 'Cost',
    width: 90,
    isNumeric: true,
    cell: ({ cost }) => <span title={cost === null ? undefined : String(cost)}>{formatCost(cost)}</span>,
  },
  {
    id: 'errors',
    label: 'Errors',
    width: 70,
    isNumeric: true,
    cell: ({ errors }) => <span className={errors > 0 ? 'text-error' : 'text-text-3'}>{formatCount(errors)}</span>,
  },
  { id: 'environment', label: 'Environment', width: 120, cell: ({ environment }) => environment },
]
