import { clsx } from 'clsx'
import { ArrowDown, ArrowUp } from 'lucide-react'
import type { PointerEvent } from 'react'
import { Checkbox } from '#components/ui/checkbox.tsx'
import { type Column, gridTemplate, nextSort, resizeColumn } from './column.ts'
import type { DataTableProps } from './data-table.tsx'

interface TableHeadProps<Row>
  extends Pick<DataTableProps<Row>, 'rows' | 'rowId' | 'layout' | 'onLayoutChange' | 'sort' | 'onSort' | 'selection'> {
  readonly columns: readonly Column<Row>[]
  /** Pixels from the left of those that stay in sight, by id. */
  readonly pins: ReadonlyMap<string, number>
}

export function TableHead<Row>(props: TableHeadProps<Row>) {
  const { columns, selection } = props
  return (
    <div role="rowgroup" className="sticky top-0 z-10 min-w-max border-b bg-surface">
      <div
        role="row"
        className="group/head grid h-7 items-center"
        style={{ gridTemplateColumns: selection ? '32px var(--columns)' : 'var(--columns)' }}
      >
        {selection ? <SelectAll {...props} selection={selection} /> : null}
        {columns.map((column) => (
          <HeadCell key={column.id} {...props} column={column} />
        ))}
      </div>
    </div>
  )
}

function SelectAll<Row>({
  rows,
  rowId,
  selection,
  pins,
}: TableHeadProps<Row> & { readonly selection: NonNullable<DataTableProps<Row>['selection']> }) {
  const ids = rows.map(rowId)
  const count = ids.filter((id) => selection.has(id)).length
  const isChecked = count === 0 ? false : count === ids.length ? true : 'some'
  return (
    <div
      role="columnheader"
      className={clsx('grid place-items-center', pins.size > 0 && 'sticky left-0 z-1 bg-surface')}
    >
      <Checkbox
        isChecked={isChecked}
        onChange={() => selection.set(ids, count === 0)}
        label={count === 0 ? 'Select the rows that are loaded' : 'Select none'}
      />
    </div>
  )
}

function directionOf(sort: string | undefined, sortKey: string): 'ascending' | 'descending' | 'none' {
  if (sort === sortKey) return 'ascending'
  return sort === `-${sortKey}` ? 'descending' : 'none'
}

function HeadCell<Row>({ column, ...props }: TableHeadProps<Row> & { readonly column: Column<Row> }) {
  const { sort, onSort } = props
  const { sortKey, label, about, isNumeric } = column
  const left = props.pins.get(column.id)
  const direction = sortKey === undefined ? undefined : directionOf(sort, sortKey)
  const Arrow = direction === 'ascending' ? ArrowUp : direction === 'descending' ? ArrowDown : undefined
  const name = (
    <span className={clsx('label flex items-center gap-1 truncate', isNumeric && 'justify-end')}>
      <span className="truncate">{label}</span>
      {Arrow ? <Arrow size={12} strokeWidth={1.75} aria-hidden className="shrink-0" /> : null}
    </span>
  )
  return (
    <div
      role="columnheader"
      {...(direction && { 'aria-sort': direction })}
      {...(about !== undefined && { title: `${about} ${label}` })}
      className={clsx('h-full px-2', left === undefined ? 'relative' : 'sticky z-1 bg-surface')}
      style={{ left }}
    >
      {sortKey !== undefined && onSort ? (
        <button
          type="button"
          onClick={() => onSort(nextSort(sort, sortKey))}
          className="flex h-full w-full items-center rounded-4 outline-offset-[-2px] *:w-full hover:[&_.label]:text-text"
        >
          {name}
        </button>
      ) : (
        <div className="flex h-full items-center *:w-full">{name}</div>
      )}
      <ResizeEdge {...props} column={column} />
    </div>
  )
}

/** The edge to drag. While it is dragged only the variable of the grid changes; the layout does at the end. */
function ResizeEdge<Row>({
  column,
  columns,
  layout,
  onLayoutChange,
}: TableHeadProps<Row> & { readonly column: Column<Row> }) {
  const begin = (event: PointerEvent<HTMLElement>) => {
    const edge = event.currentTarget
    const grid = edge.closest('[role="grid"]')
    const width = edge.parentElement?.offsetWidth ?? column.width
    const startX = event.clientX
    let next = layout
    edge.setPointerCapture(event.pointerId)
    edge.onpointermove = (move) => {
      next = resizeColumn(layout, column.id, width + move.clientX - startX)
      if (grid instanceof HTMLElement) grid.style.setProperty('--columns', gridTemplate(columns, next))
    }
    edge.onpointerup = () => {
      edge.onpointermove = null
      edge.onpointerup = null
      onLayoutChange(next)
    }
  }
  return (
    <span
      aria-hidden
      onPointerDown={begin}
      className="absolute inset-y-1 right-0 w-1.5 cursor-col-resize touch-none border-transparent border-r group-hover/head:border-line hover:bg-line"
    />
  )
}
