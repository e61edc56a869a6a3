import { shownColumns, type TableLayout } from '#components/data-table/column.ts'
import { ColumnsMenu } from '#components/data-table/columns-menu.tsx'
import type { ExplorerColumn } from './explorer-column.ts'
import { ExportMenu } from './export-menu.tsx'
import type { ExplorerState } from './use-explorer.ts'
import { ViewsMenu } from './views-menu.tsx'

interface ExplorerToolsProps<Row> {
  readonly table: ExplorerState
  readonly columns: readonly ExplorerColumn<Row>[]
  readonly layout: TableLayout
  onLayoutChange(layout: TableLayout): void
}

/** Saved views, files of the rows, and which columns. */
export function ExplorerTools<Row>({ table, columns, layout, onLayoutChange }: ExplorerToolsProps<Row>) {
  return (
    <>
      <ViewsMenu table={table} shown={shownColumns(columns, layout).map(({ id }) => id)} />
      <ExportMenu table={table} />
      <ColumnsMenu columns={columns} layout={layout} onLayoutChange={onLayoutChange} />
    </>
  )
}
