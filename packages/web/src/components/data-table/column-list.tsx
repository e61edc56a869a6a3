import { clsx } from 'clsx'
import { ArrowDown, ArrowUp, Pin } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Checkbox } from '#components/ui/checkbox.tsx'
import { type Column, moveColumn, pinColumn, shownColumns, type TableLayout, toggleColumn } from './column.ts'

interface ColumnListProps {
  /** Of rows of any kind: no cell is asked for here. */
  readonly columns: readonly Column<never>[]
  readonly layout: TableLayout
  onLayoutChange(layout: TableLayout): void
}

/** All columns, those that are shown first, each with what can be done to it. */
export function ColumnList({ columns, layout, onLayoutChange }: ColumnListProps) {
  const shown = shownColumns(columns, layout)
  const hidden = columns.filter((column) => !shown.includes(column))
  return (
    <ul className="max-h-[40vh] overflow-y-auto">
      {[...shown, ...hidden].map(({ id, label, about }) => {
        const isShown = shown.some((column) => column.id === id)
        return (
          <li key={id} className="group flex h-7 items-center gap-1">
            <Checkbox
              isChecked={isShown}
              onChange={() => onLayoutChange(toggleColumn(columns, layout, id))}
              label={label}
            />
            <span className="min-w-0 flex-1 truncate" title={label}>
              {label}
              {about === undefined ? null : <span className="pl-1.5 text-12 text-text-3">{about}</span>}
            </span>
            {isShown ? (
              <>
                <MoveButton
                  label={layout.pinned?.includes(id) ? `Let go of ${label}` : `Pin ${label} to the left`}
                  isOn={layout.pinned?.includes(id) ?? false}
                  onClick={() => onLayoutChange(pinColumn(columns, layout, id))}
                >
                  <Pin size={14} strokeWidth={1.5} />
                </MoveButton>
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
  )
}

interface MoveButtonProps {
  readonly label: string
  readonly isOn?: boolean
  onClick(): void
  readonly children: ReactNode
}

function MoveButton({ label, isOn, onClick, children }: MoveButtonProps) {
  return (
    <Button
      kind="quiet"
      isIcon
      aria-label={label}
      title={label}
      {...(isOn !== undefined && { 'aria-pressed': isOn })}
      className={clsx(isOn && 'text-accent')}
      onClick={onClick}
    >
      {children}
    </Button>
  )
}
