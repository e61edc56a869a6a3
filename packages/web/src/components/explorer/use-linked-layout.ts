import { useMemo } from 'react'
import type { TableLayout } from '#components/data-table/column.ts'
import { useTableLayout } from '#components/data-table/use-table-layout.ts'
import { colsOf, layoutOf } from './layout-text.ts'

interface LinkedLayout {
  /** Under which this browser keeps it. */
  readonly name: string
  /** As the URL says; undefined where it says nothing. */
  readonly cols: readonly string[] | undefined
  setCols(cols: string[] | undefined): unknown
  /** Whether the columns are the viewer's: of others, as a saved view has them, the widths alone are kept. */
  readonly isOwn: boolean
}

/**
 * The columns as the URL says, else as this browser keeps them. A change goes into the URL, so that a link shows what
 * its sender saw, and is kept.
 */
export function useLinkedLayout({ name, cols, setCols, isOwn }: LinkedLayout) {
  const [kept, keep] = useTableLayout(name)
  const setLayout = (layout: TableLayout) => {
    keep(isOwn ? layout : { ...kept, widths: layout.widths })
    const next = colsOf(layout)
    if (next?.join() !== cols?.join()) void setCols(next)
  }
  const layout = useMemo(() => (cols === undefined ? kept : { ...kept, ...layoutOf(cols) }), [kept, cols])
  return { layout, setLayout }
}
