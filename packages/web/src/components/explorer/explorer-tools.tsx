import { lazy, Suspense } from 'react'
import { shownColumns } from '#components/data-table/column.ts'
import { ColumnsMenu } from '#components/data-table/columns-menu.tsx'
import type { ExplorerColumn } from './explorer-column.ts'
import { ExportMenu } from './export-menu.tsx'
import { colsOf } from './layout-text.ts'
import type { ExplorerState } from './use-explorer.ts'
import { ViewsMenu } from './views-menu.tsx'

const AddColumn = lazy(async () => ({ default: (await import('./add-column.tsx')).AddColumn }))

interface ExplorerToolsProps<Row> {
  readonly table: ExplorerState
  readonly columns: readonly ExplorerColumn<Row>[]
}

/** Saved views, files of the rows, and which columns. */
export function ExplorerTools<Row>({ table, columns }: ExplorerToolsProps<Row>) {
  const { layout, setLayout } = table
  const shown = shownColumns(columns, layout).map(({ id }) => id)
  return (
    <>
      <ViewsMenu table={table} shown={colsOf({ ...layout, shown }) ?? shown} />
      <ExportMenu table={table} />
      <ColumnsMenu
        columns={columns}
        layout={layout}
        onLayoutChange={setLayout}
        more={
          <Suspense>
            <AddColumn table={table} shown={shown} onAdd={(id) => setLayout({ ...layout, shown: [...shown, id] })} />
          </Suspense>
        }
      />
    </>
  )
}
