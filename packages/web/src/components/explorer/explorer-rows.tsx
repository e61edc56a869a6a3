import { lazy, type ReactNode, Suspense } from 'react'
import type { PagedList } from '#components/data-table/read-on.ts'
import { ErrorState } from '#components/error-state/error-state.tsx'
import { SkeletonRows } from '#components/ui/skeleton.tsx'
import { formatCount } from '#lib/format/figures.ts'
import type { ExplorerState } from './use-explorer.ts'

const NoRows = lazy(async () => ({ default: (await import('./no-rows.tsx')).NoRows }))

interface ListedPage<Row> {
  readonly rows: readonly Row[]
  /** Back to when was looked, where the page had to be given before it was full. */
  readonly scannedTo: number | null
}

/** The pages that were read; an infinite query is one. */
export interface RowList<Row> extends PagedList {
  readonly data: { readonly pages: readonly ListedPage<Row>[] } | undefined
  readonly isPending: boolean
  readonly isPlaceholderData: boolean
  readonly isFetchingNextPage: boolean
}

interface ExplorerRowsProps<Row> {
  readonly list: RowList<Row>
  readonly table: ExplorerState
  readonly isEmpty: boolean
  /** Where there may be rows yet that were not looked for. */
  readonly isPartial: boolean
  readonly children: ReactNode
}

/** The table, or what stands in its place; rows that were read stay when more of them can not be. */
export function ExplorerRows<Row>({ list, table, isEmpty, isPartial, children }: ExplorerRowsProps<Row>) {
  if (list.isPending) return list.fetchStatus === 'idle' ? null : <SkeletonRows count={12} />
  if (list.error && !list.data)
    return <ErrorState error={list.error} doing={`read the ${table.view}`} onRetry={() => list.refetch()} />
  return isEmpty && !isPartial ? (
    <Suspense fallback={null}>
      <NoRows table={table} />
    </Suspense>
  ) : (
    children
  )
}

/** A list of more is not read; the filter and the chart lead on. */
export function LastRow({ count }: { readonly count: number }) {
  return (
    <p className="px-3 py-2 text-12 text-text-2">
      The first {formatCount(count)} rows. For others narrow the filter, or drag over the chart.
    </p>
  )
}
