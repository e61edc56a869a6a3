/**
 * A table of any length: rows of one height, mounted only where they are seen; pages come as the end comes near. The
 * columns, their order and widths, the sort, the focus and the selection are the caller's.
 */
import { useVirtualizer } from '@tanstack/react-virtual'
import { clsx } from 'clsx'
import { type ReactNode, useEffect, useId, useLayoutEffect, useMemo, useRef } from 'react'
import { useAfterPaint } from '#components/ui/use-after-paint.ts'
import { type Column, gridTemplate, pinnedPlaces, shownColumns, type TableLayout, tableWidth } from './column.ts'
import { TableHead } from './table-head.tsx'
import { type RowActions, TableRow } from './table-row.tsx'
import { useRowHeight } from './use-row-height.ts'
import { type CellFocus, useTableKeys } from './use-table-keys.ts'

export interface TableSelection {
  has(id: string): boolean
  /** Selects or deselects these. */
  set(ids: readonly string[], isSelected: boolean): void
}

export interface DataTableProps<Row> {
  /** What the rows are, for readers: `Traces`. */
  readonly label: string
  /** All that there are; the layout says which are shown. */
  readonly columns: readonly Column<Row>[]
  readonly layout: TableLayout
  onLayoutChange(layout: TableLayout): void
  readonly rows: readonly Row[]
  rowId(row: Row): string
  /** For a stripe at the left edge of rows with an error. */
  hasError?(row: Row): boolean
  /** `key` ascends, `-key` descends. */
  readonly sort?: string | undefined
  onSort?(sort: string): void
  /** Where it is scrolled to when it comes up. */
  readonly initialScrollPx?: number | undefined
  /** The row and column that keys act on; undefined before any was. */
  readonly focus: CellFocus | undefined
  onFocus(focus: CellFocus): void
  /** Enter, or a double click; with ⌘ or Ctrl in a new tab. */
  onOpen(row: Row, options: { readonly isNewTab: boolean }): void
  /** Space, or a click; one of a mouse may be the first half of a double click. */
  onPeek?(row: Row, options: { readonly isByMouse: boolean }): void
  /** The mouse came to a row; undefined when it left it, or the rows went on under it. */
  onPoint?(row: Row | undefined): void
  readonly selection?: TableSelection
  /** There are, or may be, more rows than these. */
  readonly hasMore: boolean
  /** Called when the last rows come into sight; undefined while no more are to be asked for. */
  onEndReached?: (() => void) | undefined
  /** Dimmed while newer rows are on their way. */
  readonly isStale?: boolean
  /** Under the last row: what is left, or how it ended. */
  readonly foot?: ReactNode
}

/** Of the boxes before the columns. */
const SELECTION_PX = 32
const OVERSCAN = 12
/** What readers are told of a number of rows that is not known. */
const UNKNOWN_COUNT = -1
/** How near the end the next page is asked for. */
const NEAR_ROWS = 30

export function DataTable<Row>(props: DataTableProps<Row>) {
  const { rows, label, layout, focus, selection, rowId, onEndReached } = props
  const scroller = useRef<HTMLDivElement>(null)
  const rowHeight = useRowHeight()
  const hasPainted = useAfterPaint(rows.length > 0)
  const tableId = useId()
  const columns = useMemo(() => shownColumns(props.columns, layout), [props.columns, layout])
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    // Those in sight first, those about to be afterwards.
    overscan: hasPainted ? OVERSCAN : 0,
    initialOffset: props.initialScrollPx ?? 0,
  })
  const initialScroll = useRef(props.initialScrollPx)
  useLayoutEffect(() => {
    if (initialScroll.current) scroller.current?.scrollTo({ top: initialScroll.current })
  }, [])
  useEffect(() => {
    if (rowHeight > 0) virtual.measure()
  }, [rowHeight, virtual])
  const drawn = virtual.getVirtualItems()
  const lastDrawn = drawn.at(-1)?.index ?? 0
  const isNearEnd = rows.length > 0 && lastDrawn >= rows.length - NEAR_ROWS
  useEffect(() => {
    if (isNearEnd) onEndReached?.()
  }, [isNearEnd, onEndReached])
  useTableKeys({ ...props, columns, scrollTo: (index) => virtual.scrollToIndex(index, { align: 'auto' }) })
  const selectionWidth = selection ? SELECTION_PX : 0
  const pins = useMemo(() => pinnedPlaces(columns, layout, selectionWidth), [columns, layout, selectionWidth])
  const actions = useRef<RowActions<Row>>(props)
  useLayoutEffect(() => {
    actions.current = props
  })
  const focusedId = focus && `${tableId}-${focus.row}`
  return (
    <div
      ref={scroller}
      role="grid"
      aria-label={label}
      aria-rowcount={props.hasMore ? UNKNOWN_COUNT : rows.length}
      aria-multiselectable={selection !== undefined}
      tabIndex={0}
      {...(focusedId !== undefined && { 'aria-activedescendant': focusedId })}
      className="relative min-h-0 flex-1 overflow-auto bg-surface outline-offset-[-2px]"
      style={{ '--columns': gridTemplate(columns, layout) }}
      onScroll={() => props.onPoint?.(undefined)}
    >
      <TableHead {...props} columns={columns} pins={pins} />
      <div
        role="rowgroup"
        className={clsx('relative min-w-max', props.isStale && 'opacity-60')}
        style={{
          height: virtual.getTotalSize(),
          minWidth: tableWidth(columns, layout) + selectionWidth,
        }}
      >
        {drawn.map(({ index, start }) => {
          const row = rows[index]
          return row === undefined ? null : (
            <TableRow
              key={rowId(row)}
              columns={columns}
              pins={pins}
              row={row}
              id={rowId(row)}
              domId={`${tableId}-${rowId(row)}`}
              index={index}
              top={start}
              height={rowHeight}
              hasError={props.hasError?.(row) ?? false}
              isFocused={focus?.row === rowId(row)}
              focusedColumn={focus?.row === rowId(row) ? focus.column : undefined}
              isSelected={selection?.has(rowId(row))}
              actions={actions}
            />
          )
        })}
      </div>
      {props.foot}
    </div>
  )
}
