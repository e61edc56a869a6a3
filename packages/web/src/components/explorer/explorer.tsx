import { type ReactNode, useState } from 'react'
import { ColumnsMenu } from '#components/data-table/columns-menu.tsx'
import { DataTable } from '#components/data-table/data-table.tsx'
import type { CellFocus } from '#components/data-table/use-table-keys.ts'
import { useTableLayout } from '#components/data-table/use-table-layout.ts'
import { ErrorState } from '#components/error-state/error-state.tsx'
import { Page } from '#components/page/page.tsx'
import { SkeletonRows } from '#components/ui/skeleton.tsx'
import type { ExplorerColumn } from './explorer-column.ts'
import { ExplorerHead } from './explorer-head.tsx'
import { NoRows } from './no-rows.tsx'
import type { ExplorerState } from './use-explorer.ts'
import { useExplorerKeys } from './use-explorer-keys.ts'

/** The pages that were read; an infinite query is one. */
export interface RowList<Row> {
  readonly data: { readonly pages: readonly { readonly rows: readonly Row[] }[] } | undefined
  readonly error: unknown
  readonly isPending: boolean
  readonly isPlaceholderData: boolean
  readonly hasNextPage: boolean
  readonly isFetchingNextPage: boolean
  refetch(): unknown
  fetchNextPage(): unknown
}

interface ExplorerProps<Row> {
  readonly table: ExplorerState
  readonly title: string
  readonly columns: readonly ExplorerColumn<Row>[]
  readonly list: RowList<Row>
  hasError(row: Row): boolean
  onOpen(row: Row, options: { readonly isNewTab: boolean }): void
}

const rowId = ({ id }: { readonly id: string }) => id

/** A table of what was recorded, under its filter and its counts over time. */
export function Explorer<Row extends { readonly id: string }>(props: ExplorerProps<Row>) {
  const { table, title, columns, list } = props
  const [layout, setLayout] = useTableLayout(table.view)
  const [focus, setFocus] = useState<CellFocus>()
  const rows = list.data?.pages.flatMap((page) => page.rows) ?? []
  useExplorerKeys({ table, columns, rows, focus, rowId })
  return (
    <Page title={title}>
      <ExplorerHead
        table={table}
        actions={null}
        tools={<ColumnsMenu columns={columns} layout={layout} onLayoutChange={setLayout} />}
      />
      <Rows list={list} table={table}>
        <DataTable
          label={title}
          columns={columns}
          layout={layout}
          onLayoutChange={setLayout}
          rows={rows}
          rowId={rowId}
          hasError={props.hasError}
          sort={table.sort}
          onSort={table.setSort}
          focus={focus}
          onFocus={setFocus}
          onOpen={props.onOpen}
          onEndReached={list.hasNextPage && !list.isFetchingNextPage ? () => list.fetchNextPage() : undefined}
          isStale={list.isPlaceholderData}
        />
      </Rows>
    </Page>
  )
}

interface RowsProps<Row> {
  readonly list: RowList<Row>
  readonly table: ExplorerState
  readonly children: ReactNode
}

/** The table, or what stands in its place. */
function Rows<Row>({ list, table, children }: RowsProps<Row>) {
  if (list.isPending) return <SkeletonRows count={12} />
  if (list.error)
    return <ErrorState error={list.error} doing={`read the ${table.view}`} onRetry={() => list.refetch()} />
  return list.data?.pages[0]?.rows.length === 0 ? <NoRows table={table} /> : children
}
