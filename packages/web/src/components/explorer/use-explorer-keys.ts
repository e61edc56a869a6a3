import { nextSort } from '#components/data-table/column.ts'
import type { CellFocus } from '#components/data-table/use-table-keys.ts'
import { copyText } from '#components/ui/copy-button.tsx'
import { showToast } from '#components/ui/toast.tsx'
import { useKeys } from '#keys/use-keys.ts'
import { exclude, include } from '#lib/filter/edit.ts'
import type { ExplorerColumn } from './explorer-column.ts'
import type { ExplorerState } from './use-explorer.ts'

interface ExplorerKeysOptions<Row> {
  readonly table: ExplorerState
  readonly columns: readonly ExplorerColumn<Row>[]
  readonly rows: readonly Row[]
  readonly focus: CellFocus | undefined
  rowId(row: Row): string
}

/** Keys of the focused cell: filter by it, leave it out, sort its column, copy the id of its row. */
export function useExplorerKeys<Row>({ table, columns, rows, focus, rowId }: ExplorerKeysOptions<Row>): void {
  const column = columns.find(({ id }) => id === focus?.column)
  const filterBy = (edit: typeof include) => {
    const row = rows.find((one) => rowId(one) === focus?.row)
    const value = row === undefined ? undefined : column?.value?.(row)
    if (column?.field && value !== undefined) void table.setQuery(edit(table.query, column.field, value))
    else showToast({ text: 'Go to a cell with ← and → that can be filtered by: name, user, environment …' })
  }
  const sort = () => {
    if (column?.sortKey !== undefined) void table.setSort(nextSort(table.sort, column.sortKey))
    else showToast({ text: 'Go to a column with ← and → that can be sorted by: time, name, latency, tokens, cost.' })
  }
  const copy = async () => {
    if (focus && (await copyText(focus.row))) showToast({ text: `Copied ${focus.row}` })
  }
  useKeys('Table', [
    { keys: 'f', label: 'Filter by the cell', run: () => filterBy(include) },
    { keys: 'shift+f', label: 'Leave the cell out', run: () => filterBy(exclude) },
    { keys: 's', label: 'Sort by the column', run: sort },
    { keys: 'y', label: 'Copy the id', run: () => void copy() },
    { keys: 'r', label: 'Refresh', run: table.refresh },
  ])
}
