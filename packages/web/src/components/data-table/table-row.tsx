import { clsx } from 'clsx'
import { type MouseEvent, type RefObject, useMemo } from 'react'
import { Checkbox } from '#components/ui/checkbox.tsx'
import type { Column } from './column.ts'
import type { DataTableProps } from './data-table.tsx'

/** What a row does, whichever render it was drawn in. */
export type RowActions<Row> = Pick<DataTableProps<Row>, 'onFocus' | 'onOpen' | 'onPeek' | 'onPoint' | 'selection'>

interface TableRowProps<Row> {
  readonly columns: readonly Column<Row>[]
  /** Pixels from the left of those that stay in sight, by id. */
  readonly pins: ReadonlyMap<string, number>
  readonly row: Row
  readonly id: string
  readonly domId: string
  readonly index: number
  readonly top: number
  readonly height: number
  readonly hasError: boolean
  readonly isFocused: boolean
  /** Of the focused row. */
  readonly focusedColumn: string | undefined
  /** Undefined where rows cannot be selected. */
  readonly isSelected: boolean | undefined
  readonly actions: RefObject<RowActions<Row>>
}

/** Drawn anew only for what it shows: a key that moves the focus changes two rows, not all. */
export function TableRow<Row>({
  columns,
  pins,
  row,
  id,
  domId,
  index,
  top,
  height,
  hasError,
  isFocused,
  focusedColumn,
  isSelected,
  actions,
}: TableRowProps<Row>) {
  return useMemo(() => {
    const onClick = (event: MouseEvent, column: string | undefined) => {
      if (isOnControl(event)) return
      const { onFocus, onOpen, onPeek } = actions.current
      onFocus({ row: id, column })
      if (event.metaKey || event.ctrlKey) onOpen(row, { isNewTab: true })
      else onPeek?.(row, { isByMouse: isByMouse(event) })
    }
    return (
      // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the grid's
      <div
        role="row"
        id={domId}
        aria-rowindex={index + 1}
        aria-selected={isSelected || isFocused}
        onDoubleClick={(event) => (isOnControl(event) ? undefined : actions.current.onOpen(row, { isNewTab: false }))}
        onClick={(event) => onClick(event, columnOf(event))}
        onPointerEnter={({ pointerType }) => (pointerType === 'mouse' ? actions.current.onPoint?.(row) : undefined)}
        onPointerLeave={() => actions.current.onPoint?.(undefined)}
        className={clsx(
          'group absolute inset-x-0 top-0 grid min-w-full cursor-default items-center border-b text-12',
          isFocused || isSelected ? 'bg-selected' : 'bg-surface hover:bg-hover',
          isFocused && 'outline-2 outline-focus outline-offset-[-2px]',
        )}
        style={{
          height,
          transform: `translateY(${top}px)`,
          gridTemplateColumns: isSelected === undefined ? 'var(--columns)' : '32px var(--columns)',
        }}
      >
        {hasError ? <span aria-hidden className="absolute inset-y-0 left-0 w-[3px] bg-error" /> : null}
        {isSelected === undefined ? null : (
          <div
            role="gridcell"
            className={clsx('grid h-full place-items-center', pins.size > 0 && 'sticky left-0 z-1 bg-inherit')}
          >
            <Checkbox
              isChecked={isSelected}
              onChange={(isOn) => actions.current.selection?.set([id], isOn)}
              label="Select this row"
            />
          </div>
        )}
        {columns.map((column) => (
          <div
            key={column.id}
            role="gridcell"
            data-column={column.id}
            className={clsx(
              'tabular truncate px-2 leading-6',
              column.isNumeric && 'text-right',
              pins.has(column.id) && 'sticky z-1 bg-inherit',
              focusedColumn === column.id && 'underline decoration-accent underline-offset-4',
            )}
            style={{ left: pins.get(column.id) }}
          >
            {column.cell(row)}
          </div>
        ))}
      </div>
    )
  }, [columns, pins, row, id, domId, index, top, height, hasError, isFocused, focusedColumn, isSelected, actions])
}

function isOnControl({ target }: MouseEvent): boolean {
  return target instanceof Element && target.closest('button, a, input, [role="checkbox"]') !== null
}

/** A finger taps once. */
const isByMouse = ({ nativeEvent }: MouseEvent): boolean =>
  !(nativeEvent instanceof PointerEvent) || nativeEvent.pointerType === 'mouse'

function columnOf({ target }: MouseEvent): string | undefined {
  const cell = target instanceof Element ? target.closest('[data-column]') : null
  return cell instanceof HTMLElement ? cell.dataset['column'] : undefined
}
