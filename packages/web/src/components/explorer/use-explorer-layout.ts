import type { TableLayout } from '#components/data-table/column.ts'
import { useTableLayout } from '#components/data-table/use-table-layout.ts'
import type { ExplorerState } from './use-explorer.ts'

/** The columns as this browser keeps them, or as the URL says when a saved view is shown. */
export function useExplorerLayout({ view, search, setState }: ExplorerState) {
  const [kept, keep] = useTableLayout(view)
  const { cols } = search
  const setLayout = (layout: TableLayout) => {
    if (cols === undefined) keep(layout)
    else {
      keep({ ...kept, widths: layout.widths })
      void setState({ cols: layout.shown && [...layout.shown] }, true)
    }
  }
  return { layout: cols === undefined ? kept : { ...kept, shown: cols }, setLayout }
}
