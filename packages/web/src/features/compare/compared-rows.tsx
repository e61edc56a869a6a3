import { useVirtualizer } from '@tanstack/react-virtual'
import { clsx } from 'clsx'
import { useEffect, useRef } from 'react'
import { TypeIcon } from '#components/observation-type/type-icon.tsx'
import { formatCost } from '#lib/format/cost.ts'
import { formatDuration } from '#lib/format/duration.ts'
import { at } from '#lib/trace/column.ts'
import type { ComparedRow } from '#lib/trace/compare.ts'
import { durationOf, nameOf, type TraceTree, typeOf } from '#lib/trace/tree.ts'

/** A row of both traces, or many without a change. */
export type ShownRow =
  | { readonly kind: 'row'; readonly index: number }
  | { readonly kind: 'fold'; readonly from: number; readonly count: number }

interface ComparedRowsProps {
  readonly trees: readonly [TraceTree, TraceTree]
  readonly rows: readonly ComparedRow[]
  readonly shown: readonly ShownRow[]
  readonly chosen: number | undefined
  readonly divergence: number | undefined
  onChoose(index: number): void
  onOpenFold(from: number): void
}

const ROW_PX = 26

export function ComparedRows(props: ComparedRowsProps) {
  const { shown, chosen } = props
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 20,
  })
  const place = shown.findIndex((row) => row.kind === 'row' && row.index === chosen)
  useEffect(() => {
    if (place >= 0) virtual.scrollToIndex(place, { align: 'auto' })
  }, [place, virtual])
  return (
    <div ref={scroller} className="min-h-0 min-w-0 flex-1 overflow-y-auto bg-surface">
      <ol className="relative" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const row = shown[index]
          return row ? (
            <li
              key={row.kind === 'row' ? row.index : `fold ${row.from}`}
              className="absolute inset-x-0"
              style={{ top: start, height: ROW_PX }}
            >
              {row.kind === 'fold' ? (
                <button
                  type="button"
                  className="h-full w-full bg-sunken px-4 text-left text-12 text-text-2 hover:bg-hover"
                  onClick={() => props.onOpenFold(row.from)}
                >
                  {row.count} alike in time and cost
                </button>
              ) : (
                <RowButton {...props} index={row.index} />
              )}
            </li>
          ) : null
        })}
      </ol>
    </div>
  )
}

const SIGNS: Record<ComparedRow['change'], readonly [sign: string, look: string]> = {
  same: ['', ''],
  added: ['+ only in B', 'bg-added'],
  removed: ['− only in A', 'bg-removed'],
  slower: ['slower', ''],
  faster: ['faster', ''],
  dearer: ['dearer', ''],
  cheaper: ['cheaper', ''],
}

const signed = (text: string, amount: number) => (amount > 0 ? `+${text}` : text)

function RowButton({
  trees,
  rows,
  index,
  chosen,
  divergence,
  onChoose,
}: ComparedRowsProps & { readonly index: number }) {
  const row = rows[index]
  if (!row) return null
  const [tree, node] = row.b === undefined ? ([trees[0], row.a ?? 0] as const) : ([trees[1], row.b] as const)
  const [sign, look] = SIGNS[row.change]
  const { addedMs, addedCost } = row
  return (
    <button
      type="button"
      aria-pressed={index === chosen}
      className={clsx(
        'tabular flex h-full w-full items-center gap-2 px-4 text-left text-12',
        index === chosen ? 'bg-selected' : look || 'hover:bg-hover',
      )}
      onClick={() => onChoose(index)}
    >
      <span style={{ width: Math.min(12, at(tree.depth, node)) * 14 }} className="shrink-0" aria-hidden />
      <TypeIcon type={typeOf(tree, node)} />
      <span className="min-w-16 truncate">{nameOf(tree, node)}</span>
      {index === divergence ? (
        <span className="shrink-0 rounded-4 bg-mark px-1.5 text-11">first difference</span>
      ) : null}
      <span className="ml-auto truncate text-text-3">{sign}</span>
      <span className="w-16 shrink-0 text-right text-text-2">{formatDuration(durationOf(tree, node))}</span>
      <span className="w-20 shrink-0 text-right text-text-3 max-md:hidden">
        {addedMs === undefined || Math.abs(addedMs) < 1 ? '' : signed(formatDuration(addedMs), addedMs)}
      </span>
      <span className="w-20 shrink-0 text-right text-text-3 max-md:hidden">
        {addedCost ? signed(formatCost(addedCost), addedCost) : ''}
      </span>
    </button>
  )
}
