/**
 * A JSON value as a tree: virtual rows, folded by depth, searched, its paths and values copied. It scrolls inside the
 * box that it is given. A long text is one row, opened in place.
 */
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useMemo, useRef, useState } from 'react'
import { JsonLine } from './json-line.tsx'
import { DEFAULT_FOLDS, type JsonFolds, type JsonRow, jsonRows, pathId, reveal, toggleFold } from './json-rows.ts'
import { type JsonSearch, JsonToolbar, useJsonSearch } from './json-toolbar.tsx'

interface JsonViewProps {
  /** As `parsePayload` gives it. */
  readonly value: unknown
  /** For readers: `Input`. */
  readonly label: string
  /** Down to which depth it is open at first; 2 when absent. */
  readonly depth?: number
}

const ROW_PX = 20

export function JsonView({ value, label, depth = DEFAULT_FOLDS.depth }: JsonViewProps) {
  const [folds, setFolds] = useState<JsonFolds>({ ...DEFAULT_FOLDS, depth })
  const search = useJsonSearch(value, (path) => setFolds((earlier) => reveal(earlier, path)))
  const rows = useMemo(() => jsonRows(value, folds), [value, folds])
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <JsonToolbar value={value} search={search} folds={folds} onFolds={setFolds} />
      <JsonTree label={label} rows={rows} search={search} onToggle={(row) => setFolds(toggleFold(folds, row))} />
    </div>
  )
}

interface JsonTreeProps {
  readonly label: string
  readonly rows: readonly JsonRow[]
  readonly search: JsonSearch
  onToggle(row: JsonRow): void
}

function JsonTree({ label, rows, search, onToggle }: JsonTreeProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const [longOpen, setLongOpen] = useState<ReadonlySet<string>>(new Set())
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 20,
  })
  const found = search.current && rows.findIndex(({ id }) => id === pathId(search.current ?? []))
  useEffect(() => {
    if (found !== undefined && found >= 0) virtual.scrollToIndex(found, { align: 'center' })
  }, [found, virtual])
  const toggleLong = (id: string) => {
    const next = new Set(longOpen)
    if (!next.delete(id)) next.add(id)
    setLongOpen(next)
  }
  return (
    <div ref={scroller} role="tree" aria-label={label} tabIndex={0} className="mono min-h-0 flex-1 overflow-auto py-1">
      <div className="relative min-w-full" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start, key }) => {
          const row = rows[index]
          return row ? (
            <div
              key={key}
              ref={virtual.measureElement}
              data-index={index}
              className="absolute inset-x-0 top-0"
              style={{ transform: `translateY(${start}px)` }}
            >
              <JsonLine
                row={row}
                isFound={index === found}
                wanted={search.text}
                isLongOpen={longOpen.has(row.id)}
                onToggle={() => onToggle(row)}
                onToggleLong={() => toggleLong(row.id)}
              />
            </div>
          ) : null
        })}
      </div>
    </div>
  )
}
