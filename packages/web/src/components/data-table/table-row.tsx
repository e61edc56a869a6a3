import { clsx } from 'clsx'
import type { MouseEvent } from 'react'
import { Checkbox } from '#components/ui/checkbox.tsx'
import type { Column } from './column.ts'
import type { DataTableProps } from './data-table.tsx'

interface TableRowProps<Row>
  extends Pick<DataTableProps<Row>, 'rowId' | 'hasError' | 'focus' | 'onFocus' | 'onOpen' | 'onPeek' | 'selection'> {
  readonly columns: readonly Column<Row>[]
  /** Pixels from the left of those that stay in sight, by id. */
  readonly pins: ReadonlyMap<string, number>
  readonly row: Row
  readonly domId: string
  readonly place: { readonly index: number; readonly top: number; readonly height: number }
}

export function TableRow<Row>(props: TableRowProps<Row>) {
  const { columns, pins, row, domId, place, focus, selection, rowId, hasError, onFocus, onOpen, onPeek } = props
  const id = rowId(row)
  const isFocused = focus?.row === id
  const isSelected = selection?.has(id) ?? false
  const onClick = (event: MouseEvent, column: string | undefined) => {
    if (isOnControl(event)) return
    onFocus({ row: id, column })
    if (event.metaKey || event.ctrlKey) onOpen(row, { isNewTab: true })
    else onPeek?.(row)
  }
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the grid's
    <div
      role="row"
      id={domId}
      aria-rowindex={place.index + 1}
      aria-selected={isSelected || isFocused}
      onDoubleClick={(event) => (isOnControl(event) ? undefined : onOpen(row, { isNewTab: false }))}
      onClick={(event) => onClick(event, columnOf(event))}
      className={clsx(
        'group absolute inset-x-0 top-0 grid min-w-full cursor-default items-center border-b text-12',
        isFocused || isSelected ? 'bg-selected' : 'bg-surface hover:bg-hover',
        isFocused && 'outline-2 outline-focus outline-offset-[-2px]',
      )}
      style={{
        height: place.height,
        transform: `translateY(${place.top}px)`,
        gridTemplateColumns: selection ? '32px var(--columns)' : 'var(--columns)',
      }}
    >
      {hasError?.(row) ? <span aria-hidden className="absolute inset-y-0 left-0 w-[3px] bg-error" /> : null}
      {selection ? (
        <div
          role="gridcell"
          className={clsx('grid h-full place-items-center', pins.size > 0 && 'sticky left-0 z-1 bg-inherit')}
        >
          <Checkbox isChecked={isSelected} onChange={(isOn) => selection.set([id], isOn)} label="Select this row" />
        </div>
      ) : null}
      {columns.map((column) => (
        <div
          key={column.id}
          role="gridcell"
          data-column={column.id}
          className={clsx(
            'tabular truncate px-2',
            column.isNumeric && 'text-right',
            pins.has(column.id) && 'sticky z-1 bg-inherit',
            isFocused && focus?.column === column.id && 'underline decoration-accent underline-offset-4',
          )}
          style={{ left: pins.get(column.id) }}
        >
          {column.cell(row)}
        </div>
      ))}
    </div>
  )
}

function isOnControl({ target }: MouseEvent): boolean {
  return target instanceof Element && target.closest('button, a, input, [role="checkbox"]') !== null
}

function columnOf({ target }: MouseEvent): string | undefined {
  const cell = target instanceof Element ? target.closest('[data-column]') : null
  return cell instanceof HTMLElement ? cell.dataset['column'] : undefined
}
