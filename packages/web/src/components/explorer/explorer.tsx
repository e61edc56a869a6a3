import { useQuery } from '@tanstack/react-query'
import { lazy, type ReactNode, Suspense, useMemo, useState } from 'react'
import type { z } from 'zod'
import { histogramQuery, MAX_LISTED } from '#api/explore.ts'
import { DataTable } from '#components/data-table/data-table.tsx'
import { readOnOf } from '#components/data-table/read-on.ts'
import type { CellFocus } from '#components/data-table/use-table-keys.ts'
import { Page } from '#components/page/page.tsx'
import { useAfterPaint } from '#components/ui/use-after-paint.ts'
import { BulkBar } from './bulk-bar.tsx'
import type { ExplorerColumn } from './explorer-column.ts'
import { ExplorerHead } from './explorer-head.tsx'
import { ExplorerPeek, type PeekProps } from './explorer-peek.tsx'
import { ExplorerRows, LastRow, type RowList } from './explorer-rows.tsx'
import { ExplorerTools } from './explorer-tools.tsx'
import { useLeave } from './list-place.ts'
import { GapNote, HeldPill, LiveToggle } from './live-toggle.tsx'
import { moreColumns } from './more-column.tsx'
import { scannedToOf } from './partial.ts'
import { ReadingNote } from './reading-note.tsx'
import type { ExplorerState } from './use-explorer.ts'
import { useExplorerKeys } from './use-explorer-keys.ts'
import { useExplorerRows } from './use-explorer-rows.ts'
import { liveObstacle } from './use-live-rows.ts'
import { usePeek } from './use-peek.ts'
import { type ReadAhead, usePeekAhead, useReadAhead } from './use-read-ahead.ts'
import { useSelection } from './use-selection.ts'

const BulkProgress = lazy(async () => ({ default: (await import('./bulk-progress.tsx')).BulkProgress }))

/** What both tables show of a row. */
export interface ExplorerRow {
  readonly id: string
  /** Milliseconds since the epoch. */
  readonly time: number
  /** Of traces alone. */
  readonly bookmarked?: boolean
  /** Texts of the columns that the viewer added, by their ids. */
  readonly more?: Readonly<Record<string, string>> | undefined
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
  /** What a row opens. */
  readonly readAhead?: ReadAhead<Row>
  /** What a row shows when it is peeked at. */
  readonly readPeek: ReadAhead<Row>
}

const rowId = ({ id }: { readonly id: string }) => id

/** A table of what was recorded, under its filter and its counts over time. */
export function Explorer<Row extends ExplorerRow>(props: ExplorerProps<Row>) {
  const { table, title, list } = props
  const { layout, setLayout } = table
  const columns = useMemo(() => [...props.columns, ...moreColumns<Row>(layout.shown)], [props.columns, layout.shown])
  const [focus, setFocus] = useState<CellFocus | undefined>(table.place?.focus)
  // The rows are what was asked for: counts, which take the server longer, wait until they are seen.
  const isShown = useAfterPaint(!list.isPending && !list.isPlaceholderData)
  const { data: counts } = useQuery({
    ...histogramQuery(table.project.id, table.view, table.explored),
    enabled: isShown,
  })
  const selection = useSelection(table, counts?.total ?? 0)
  const { box, live, rows, heldCount, letIn } = useExplorerRows(table, {
    list,
    tail: props.tail,
    hasSelection: selection.count > 0,
  })
  useLeave({ box, focus, t: table.t, interval: table.interval })
  const focusRow = (id: string) => setFocus({ row: id, column: focus?.column })
  const peek = usePeek(table, { rows, focused: focus?.row, onFocus: focusRow })
  usePeekAhead(peek.around, props.readPeek)
  useExplorerKeys({ table, columns, rows, focus, rowId })
  const open: typeof props.onOpen = (row, options) => {
    peek.drop()
    props.onOpen(row, options)
  }
  const focused = rows.find(({ id }) => id === focus?.row)
  const isPartial = scannedToOf(list.data) !== undefined && list.hasNextPage
  const isFull = rows.length >= MAX_LISTED
  const point = useReadAhead(focused, props.readAhead)
  return (
    <Page title={title}>
      <ExplorerHead
        table={table}
        live={live}
        isCounting={isShown}
        actions={<LiveToggle isOn={live.isOn} obstacle={liveObstacle(table)} onToggle={live.toggle} />}
        bulk={<BulkBar table={table} selection={selection} counted={counts} focused={focused} />}
        isSelecting={selection.count > 0}
        tools={<ExplorerTools table={table} columns={columns} />}
      />
      <div className="relative flex min-h-0 flex-1" ref={box}>
        <div className="relative flex min-w-0 flex-1 flex-col">
          <HeldPill count={heldCount} onLetIn={letIn} />
          <Suspense>{isShown ? <BulkProgress table={table} /> : null}</Suspense>
          <GapNote text={live.gap} onClose={live.closeGap} />
          <ReadingNote list={list} table={table} />
          <ExplorerRows list={list} table={table} isEmpty={rows.length === 0} isPartial={isPartial}>
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
              initialScrollPx={table.place?.scrollTop}
              focus={focus}
              onFocus={setFocus}
              onOpen={open}
              onPeek={({ id }, options) => peek.toggle(id, options)}
              onPoint={point}
              selection={selection.table}
              hasMore={list.hasNextPage || isFull}
              onEndReached={isPartial ? undefined : readOnOf(list)}
              isStale={list.isPlaceholderData}
              foot={isFull ? <LastRow count={rows.length} /> : null}
            />
          </ExplorerRows>
        </div>
        <ExplorerPeek peek={peek} renderPeek={props.renderPeek} />
      </div>
    </Page>
  )
}
