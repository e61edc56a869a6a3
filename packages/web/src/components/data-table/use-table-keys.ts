import { useKeys } from '#keys/use-keys.ts'
import type { Column } from './column.ts'
import type { DataTableProps } from './data-table.tsx'

/** What keys act on: a row by its id, and one of its columns once the arrows have gone sideways. */
export interface CellFocus {
  readonly row: string
  readonly column?: string | undefined
}

interface TableKeysOptions<Row>
  extends Pick<DataTableProps<Row>, 'rows' | 'rowId' | 'focus' | 'onFocus' | 'onOpen' | 'onPeek' | 'selection'> {
  readonly columns: readonly Column<Row>[]
  scrollTo(index: number): void
}

/** The keys of every table; what only some tables do is added by those who show them. */
export function useTableKeys<Row>(options: TableKeysOptions<Row>): void {
  const { rows, rowId, focus, onFocus, onOpen, onPeek, selection, columns, scrollTo } = options
  const index = focus ? rows.findIndex((row) => rowId(row) === focus.row) : -1
  const current = rows[index]
  const goTo = (wanted: number) => {
    const next = Math.min(Math.max(wanted, 0), rows.length - 1)
    const row = rows[next]
    if (row === undefined) return
    onFocus({ row: rowId(row), column: focus?.column })
    scrollTo(next)
    return row
  }
  const goSideways = (by: number) => {
    if (!focus) return
    const at = columns.findIndex(({ id }) => id === focus.column)
    const column = columns[Math.min(Math.max(at + by, 0), columns.length - 1)]
    onFocus({ row: focus.row, column: column?.id })
  }
  const extend = (by: number) => {
    const next = goTo(index + by)
    const ids = [current, next].flatMap((row) => (row === undefined ? [] : [rowId(row)]))
    selection?.set(ids, true)
  }
  const open = (isNewTab: boolean) => (current === undefined ? undefined : onOpen(current, { isNewTab }))
  const down = { label: 'Next row', run: () => void goTo(index + 1) }
  const up = { label: 'Row before', run: () => void goTo(index - 1) }
  const peek = () => (current === undefined ? undefined : onPeek?.(current, { isByMouse: false }))
  const toggle = () => current !== undefined && selection?.set([rowId(current)], !selection.has(rowId(current)))
  useKeys('Table', [
    { keys: 'j', ...down },
    { keys: 'ArrowDown', ...down },
    { keys: 'k', ...up },
    { keys: 'ArrowUp', ...up },
    { keys: 'ArrowRight', label: 'Next column', run: () => goSideways(1) },
    { keys: 'ArrowLeft', label: 'Column before', run: () => goSideways(-1) },
    { keys: 'Home', label: 'First row', run: () => void goTo(0) },
    { keys: 'End', label: 'Last row', run: () => void goTo(rows.length - 1) },
    { keys: 'Enter', label: 'Open', run: () => open(false) },
    { keys: 'mod+Enter', label: 'Open in a new tab', run: () => open(true) },
    ...(onPeek ? [{ keys: 'Space', label: 'Peek', run: peek }] : []),
    ...(selection
      ? [
          { keys: 'x', label: 'Select', run: toggle },
          { keys: 'shift+ArrowDown', label: 'Extend the selection', run: () => extend(1) },
          { keys: 'shift+ArrowUp', label: 'Extend the selection', run: () => extend(-1) },
        ]
      : []),
  ])
}
