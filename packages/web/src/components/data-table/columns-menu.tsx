import { ArrowDown, ArrowUp, Columns3 } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Checkbox } from '#components/ui/checkbox.tsx'
import { Popover } from '#components/ui/popover.tsx'
import { type Column, moveColumn, shownColumns, type TableLayout, toggleColumn } from './column.ts'

interface ColumnsMenuProps<Row> {
  readonly columns: readonly Column<Row>[]
  readonly layout: TableLayout
  onLayoutChange(layout: TableLayout): void
}

/** Which columns, and in which order. */
export function ColumnsMenu<Row>({ columns, layout, onLayoutChange }: ColumnsMenuProps<Row>) {
  const shown = shownColumns(columns, layout)
  const hidden = columns.filter((column) => !shown.includes(column))
  return (
    <Popover
      label="Columns"
      align="end"
      className="max-h-[70vh] w-64 overflow-y-auto"
      trigger={
        <Button kind="quiet">
          <Columns3 size={16} strokeWidth={1.5} />
          Columns
        </Button>
      }
    >
      <ul>
        {[...shown, ...hidden].map(({ id, label }) => {
          const isShown = shown.some((column) => column.id === id)
          return (
            <li key={id} className="group flex h-7 items-center gap-1">
              <Checkbox
                isChecked={isShown}
                onChange={() => onLayoutChange(toggleColumn(columns, layout, id))}
                label={label}
              />
              <span className="min-w-0 flex-1 truncate">{label}</span>
              {isShown ? (
                <>
                  <MoveButton
                    label={`Move ${label} up`}
                    onClick={() => onLayoutChange(moveColumn(columns, layout, { id, by: -1 }))}
                  >
                    <ArrowUp size={14} strokeWidth={1.5} />
                  </MoveButton>
                  <MoveButton
                    label={`Move ${label} down`}
                    onClick={() => onLayoutChange(moveColumn(columns, layout, { id, by: 1 }))}
                  >
                    <ArrowDown size={14} strokeWidth={1.5} />
                  </MoveButton>
                </>
              ) : null}
            </li>
          )
        })}
      </ul>
      <Button kind="quiet" className="mt-2" onClick={() => onLayoutChange({})}>
        As they came
      </Button>
    </Popover>
  )
}

interface MoveButtonProps {
  readonly label: string
  onClick(): void
  readonly children: ReactNode
}

function MoveButton({ label, onClick, children }: MoveButtonProps) {
  return (
    <Button kind="quiet" isIcon aria-label={label} onClick={onClick}>
      {children}
    </Button>
  )
}
