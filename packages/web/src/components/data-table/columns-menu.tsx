import { Columns3 } from 'lucide-react'
import { lazy, type ReactNode, Suspense } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Popover } from '#components/ui/popover.tsx'
import type { Column, TableLayout } from './column.ts'

const ColumnList = lazy(async () => ({ default: (await import('./column-list.tsx')).ColumnList }))

interface ColumnsMenuProps<Row> {
  readonly columns: readonly Column<Row>[]
  readonly layout: TableLayout
  onLayoutChange(layout: TableLayout): void
  /** Under the list: how others come into it. */
  readonly more?: ReactNode
}

/** Which columns, and in which order. */
export function ColumnsMenu<Row>({ columns, layout, onLayoutChange, more }: ColumnsMenuProps<Row>) {
  return (
    <Popover
      label="Columns"
      align="end"
      className="w-72"
      trigger={
        <Button kind="quiet">
          <Columns3 size={16} strokeWidth={1.5} />
          Columns
        </Button>
      }
    >
      <Suspense>
        <ColumnList columns={columns} layout={layout} onLayoutChange={onLayoutChange} />
        {more}
      </Suspense>
      <Button kind="quiet" className="mt-2" onClick={() => onLayoutChange({})}>
        As they came
      </Button>
    </Popover>
  )
}
