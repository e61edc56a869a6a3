import { useQuery } from '@tanstack/react-query'
import { type ReactNode, Suspense, useRef, useState } from 'react'
import type { z } from 'zod'
import { histogramQuery, MAX_LISTED } from '#api/explore.ts'
import { shownColumns } from '#components/data-table/column.ts'
import { ColumnsMenu } from '#components/data-table/columns-menu.tsx'
import { DataTable } from '#components/data-table/data-table.tsx'
import type { CellFocus } from '#components/data-table/use-table-keys.ts'
import { ErrorState } from '#components/error-state/error-state.tsx'
import { Page } from '#components/page/page.tsx'
import { SkeletonRows } from '#components/ui/skeleton.tsx'
import { formatCount } from '#lib/format/figures.ts'
import { BulkBar } from './bulk-bar.tsx'
import type { ExplorerColumn } from './explorer-column.ts'
import { ExplorerHead } from './explorer-head.tsx'
import { ExportMenu } from './export-menu.tsx'
import { mergeLive } from './live-rows.ts'
import { HeldPill, LiveToggle } from './live-toggle.tsx'
import { NoRows } from './no-rows.tsx'
import type { ExplorerState } from './use-explorer.ts'
import { useExplorerKeys } from './use-explorer-keys.ts'
import { useExplorerLayout } from './use-explorer-layout.ts'
import { liveObstacle, useLiveRows } from './use-live-rows.ts'
import { usePeek } from './use-peek.ts'
import { useSelection } from './use-selection.ts'
import { ViewsMenu } from './views-menu.tsx'

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

/** What both tables show of a row. */
export interface ExplorerRow {
  readonly id: string
  /** Milliseconds since the epoch. */
  readonly time: number
  /** Of traces alone. */
  readonly bookmarked?: boolean
}

export interface PeekProps<Row> {
  readonly id: string
  /** Undefined for one that the list does not hold. */
  readonly row: Row | undefined
  onClose(): void
  readonly onUp: (() => void) | undefined
  readonly onDown: (() => void) | undefined
}

interface ExplorerProps<Row> {
  readonly table: ExplorerState
  readonly title: string
  readonly columns: readonly ExplorerColumn<Row>[]
  readonly list: RowList<Row>
  /** What the stream of new rows sends. */
  readonly tail: z.ZodType<{ readonly rows: readonly Row[] }>
  hasError(row: Row): boolean
  onOpen(row: Row, options: { readonly isNewTab: boolean }): void
  renderPeek(props: PeekProps<Row>): ReactNode
}

const rowId = ({ id }: { readonly id: string }) => id

/** A table of what was recorded, under its filter and its counts over time. */
export function Explorer<Row extends ExplorerRow>(props: ExplorerProps<Row>) {
  const { table, title, columns, list } = props
  const { layout, setLayout } = useExplorerLayout(table)
  const [focus, setFocus] = useState<CellFocus>()
  const { data: counts } = useQuery(histogramQuery(table.project.id, table.view, table.explored))
  const selection = useSelection(table, counts?.total ?? 0)
  const box = useRef<HTMLDivElement>(null)
  const isHeld = () => selection.count > 0 || isBeingRead(box.current)
  const live = useLiveRows(table, { answer: props.tail, isHeld })
  const { rows, heldCount } = mergeLive(list.data?.pages.flatMap((page) => page.rows) ?? [], live.rows)
  const focusRow = (id: string) => setFocus({ row: id, column: focus?.column })
  const peek = usePeek(table, { rows, focused: focus?.row, onFocus: focusRow })
  useExplorerKeys({ table, columns, rows, focus, rowId })
  const hasBulk = table.view === 'traces'
  const letIn = () => {
    live.letIn()
    gridIn(box.current)?.scrollTo({ top: 0 })
  }
  const focused = rows.find(({ id }) => id === focus?.row)
  return (
    <Page title={title}>
      <ExplorerHead
        table={table}
        actions={<LiveToggle isOn={live.isOn} obstacle={liveObstacle(table)} onToggle={live.toggle} />}
        {...(hasBulk && {
          bulk: (
            <BulkBar
              table={table}
              selection={selection}
              total={counts?.total ?? 0}
              focused={focused && { id: focused.id, bookmarked: focused.bookmarked ?? false }}
            />
          ),
        })}
        isSelecting={selection.count > 0}
        tools={
          <>
            <ViewsMenu table={table} shown={shownColumns(columns, layout).map(({ id }) => id)} />
            <ExportMenu table={table} />
            <ColumnsMenu columns={columns} layout={layout} onLayoutChange={setLayout} />
          </>
        }
      />
      <div className="relative flex min-h-0 flex-1" ref={box}>
        <div className="relative flex min-w-0 flex-1 flex-col">
          <HeldPill count={heldCount} onLetIn={letIn} />
          <Rows list={list} table={table} isEmpty={rows.length === 0}>
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
              onPeek={({ id }) => void peek.toggle(id)}
              {...(hasBulk && { selection: selection.table })}
              onEndReached={list.hasNextPage && !list.isFetchingNextPage ? () => list.fetchNextPage() : undefined}
              isStale={list.isPlaceholderData}
              foot={rows.length >= MAX_LISTED ? <LastRow count={rows.length} /> : null}
            />
          </Rows>
        </div>
        {peek.id === undefined ? null : (
          <Suspense fallback={null}>
            {props.renderPeek({
              id: peek.id,
              row: peek.row,
              onClose: () => void peek.close(),
              onUp: peek.onUp,
              onDown: peek.onDown,
            })}
          </Suspense>
        )}
      </div>
    </Page>
  )
}

/** A list of more is not read; the filter and the chart lead on. */
function LastRow({ count }: { readonly count: number }) {
  return (
    <p className="px-3 py-2 text-12 text-text-2">
      The first {formatCount(count)} rows. For others narrow the filter, or drag over the chart.
    </p>
  )
}

const gridIn = (box: HTMLElement | null) => box?.querySelector('[role="grid"]') ?? undefined

/** Scrolled down, or under the pointer: what is read must not move. */
function isBeingRead(box: HTMLElement | null): boolean {
  const grid = gridIn(box)
  return grid !== undefined && (grid.scrollTop > 0 || grid.matches(':hover'))
}

interface RowsProps<Row> {
  readonly list: RowList<Row>
  readonly table: ExplorerState
  readonly isEmpty: boolean
  readonly children: ReactNode
}

/** The table, or what stands in its place. */
function Rows<Row>({ list, table, isEmpty, children }: RowsProps<Row>) {
  if (list.isPending) return <SkeletonRows count={12} />
  if (list.error)
    return <ErrorState error={list.error} doing={`read the ${table.view}`} onRetry={() => list.refetch()} />
  return isEmpty ? <NoRows table={table} /> : children
}
