import type { ExploredView } from '@xtrace/contract'
import { useMemo } from 'react'
import type { TableLayout } from '#components/data-table/column.ts'
import { useTableLayout } from '#components/data-table/use-table-layout.ts'
import { colsOf, layoutOf } from './layout-text.ts'
import type { TableState } from './use-explorer.ts'

interface ExplorerLayout {
  readonly view: ExploredView
  readonly search: TableState
  setState(change: TableState, isReplacing: boolean): unknown
}

/**
 * The columns as the URL says, else as this browser keeps them. A change goes into the URL, so that a link shows what
 * its sender saw, and is kept; but not that of a saved view, which has columns of its own.
 */
export function useExplorerLayout({ view, search, setState }: ExplorerLayout) {
  const [kept, keep] = useTableLayout(view)
  const { cols } = search
  const setLayout = (layout: TableLayout) => {
    keep(search.view === undefined ? layout : { ...kept, widths: layout.widths })
    const next = colsOf(layout)
    if (next?.join() !== cols?.join()) void setState({ cols: next }, true)
  }
  const layout = useMemo(() => (cols === undefined ? kept : { ...kept, ...layoutOf(cols) }), [kept, cols])
  return { layout, setLayout }
}
