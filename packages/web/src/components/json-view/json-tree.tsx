import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, useState } from 'react'
import { copyText } from '#components/ui/copy-button.tsx'
import { JsonLine } from './json-line.tsx'
import type { JsonPath } from './json-rows.ts'
import type { ShownRow } from './json-shown.ts'

interface JsonTreeProps {
  /** For readers: `Input`. */
  readonly label: string
  /** Open rows. */
  readonly count: number
  /** Undefined for a row that is still to come. */
  rowAt(index: number): ShownRow | undefined
  /** The place of the match that is gone to. */
  readonly found: number | undefined
  /** What is searched for. */
  readonly wanted: string
  onToggle(row: ShownRow): void
  /** What a copy of the value at a path is. */
  textOf(path: JsonPath): string | Promise<string>
  /** Told which rows are in sight; the end is not among them. */
  onSight?(from: number, to: number): void
}

const ROW_PX = 20

/** The open rows of a JSON value, those in sight mounted. */
export function JsonTree({ label, count, rowAt, found, wanted, onToggle, textOf, onSight }: JsonTreeProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const [longTexts, setLongTexts] = useState<ReadonlyMap<string, string>>(new Map())
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    getItemKey: (index) => rowAt(index)?.id ?? index,
    overscan: 20,
  })
  useEffect(() => {
    if (found !== undefined && found >= 0) virtual.scrollToIndex(found, { align: 'center' })
  }, [found, virtual])
  const items = virtual.getVirtualItems()
  const [first, end] = [items[0]?.index ?? 0, (items.at(-1)?.index ?? -1) + 1]
  useEffect(() => onSight?.(first, end), [onSight, first, end])
  const toggleLong = async ({ id, path }: ShownRow) => {
    const text = longTexts.has(id) ? undefined : await textOf(path)
    setLongTexts((earlier) => {
      const next = new Map(earlier)
      if (text === undefined) next.delete(id)
      else next.set(id, text)
      return next
    })
  }
  return (
    <div ref={scroller} role="tree" aria-label={label} tabIndex={0} className="mono min-h-0 flex-1 overflow-auto py-1">
      <div className="relative min-w-full" style={{ height: virtual.getTotalSize() }}>
        {items.map(({ index, start, key }) => {
          const row = rowAt(index)
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
                wanted={wanted}
                longText={longTexts.get(row.id)}
                onToggle={() => onToggle(row)}
                onToggleLong={() => void toggleLong(row)}
                onCopy={async () => copyText(await textOf(row.path))}
              />
            </div>
          ) : null
        })}
      </div>
    </div>
  )
}
