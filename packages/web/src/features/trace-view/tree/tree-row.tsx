import { clsx } from 'clsx'
import { Bug, ChevronRight, OctagonX, TriangleAlert } from 'lucide-react'
import { memo } from 'react'
import { TypeIcon } from '#components/observation-type/type-icon.tsx'
import { factsOfRow, labelOfRow, type RowFacts, type Sums } from '#features/trace-view/model/row-facts.ts'
import type { TraceModel } from '#features/trace-view/model/trace-model.ts'
import { formatCost } from '#lib/format/cost.ts'
import { formatDuration, formatRunning } from '#lib/format/duration.ts'
import { at } from '#lib/trace/column.ts'
import { hasRowsBelow, type Outline } from '#lib/trace/outline.ts'
import type { SiblingPlaces } from './sibling-places.ts'

export interface TreeRowProps {
  readonly model: TraceModel
  readonly outline: Outline
  readonly places: SiblingPlaces
  readonly sums: Sums
  readonly row: number
  readonly domId: string
  readonly topPx: number
  readonly rowPx: number
  /** Width of the words; the bar is right of it, or below when undefined. */
  readonly wordsPx: number | undefined
  readonly isOpen: boolean
  readonly isSelected: boolean
  readonly isMatch: boolean
}

const INDENT_PX = 12
const INDENT_MOST = 9

/** Deep rows are told by their number: no indentation leaves no room for names. */
const indentOf = (depth: number): number => Math.min(depth, INDENT_MOST) * INDENT_PX

/**
 * The words of one row; what is clicked is told by `data-row` and `data-toggle`, the tree listens once for all. Its
 * label tells what is written in the same order, as those who speak to their computer need it; numbers that the label
 * puts otherwise are therefore drawn by the style.
 */
export const TreeRow = memo(function TreeRow(props: TreeRowProps) {
  const { model, outline, row, places, isOpen, isSelected } = props
  const facts = factsOfRow(model, outline, props)
  const depth = at(outline.depth, row)
  const hasBelow = hasRowsBelow(outline, row)
  return (
    <div
      id={props.domId}
      role="treeitem"
      tabIndex={-1}
      aria-level={depth + 1}
      aria-setsize={at(places.count, row)}
      aria-posinset={at(places.place, row)}
      aria-selected={isSelected}
      aria-label={labelOfRow(facts)}
      {...(hasBelow && { 'aria-expanded': isOpen })}
      data-row={row}
      className={clsx(
        'group absolute inset-x-0 flex cursor-default select-none text-12',
        isSelected ? 'bg-selected' : 'hover:bg-hover',
      )}
      style={{ top: props.topPx, height: props.rowPx }}
    >
      {facts.level === 'ERROR' ? <span className="absolute inset-y-0 left-0 w-[3px] bg-error" /> : null}
      <div
        className="flex min-w-0 items-center gap-1.5 pr-2 pl-2"
        style={props.wordsPx === undefined ? { width: '100%', height: 26 } : { width: props.wordsPx, height: '100%' }}
        title={facts.notes.join('; ') || undefined}
      >
        <Indent depth={depth} />
        <span data-toggle={row} className="-mx-0.5 flex h-full w-4 shrink-0 items-center justify-center text-text-3">
          {hasBelow ? <ChevronRight size={12} strokeWidth={2} className={clsx(isOpen && 'rotate-90')} /> : null}
        </span>
        <TypeIcon type={facts.type} />
        <Title facts={facts} isMatch={props.isMatch} isClosed={hasBelow && !isOpen} />{' '}
        <span className="ml-auto w-14 shrink-0 text-right text-text-2 tabular-nums">
          {facts.isRunning
            ? formatRunning(facts.durationMs)
            : facts.durationMs === undefined
              ? ''
              : formatDuration(facts.durationMs)}
        </span>{' '}
        <span className="w-16 shrink-0 text-right text-text-3 tabular-nums">
          {facts.cost === undefined ? '' : formatCost(facts.cost)}
        </span>
      </div>
    </div>
  )
})

function Indent({ depth }: { readonly depth: number }) {
  return (
    <span className="relative h-full shrink-0 self-stretch" style={{ width: indentOf(depth) }} aria-hidden>
      {Array.from({ length: Math.min(depth, INDENT_MOST) }, (_, level) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a guide is its level
        <span key={level} className="absolute inset-y-0 border-l" style={{ left: level * INDENT_PX + 5 }} />
      ))}
      {depth > INDENT_MOST ? (
        <span
          data-depth={depth}
          className="absolute top-1.5 right-0.5 bg-inherit text-11 text-text-3 leading-[14px] after:content-[attr(data-depth)]"
        />
      ) : null}
    </span>
  )
}

function Title({ facts, isMatch, isClosed }: { facts: RowFacts; isMatch: boolean; isClosed: boolean }) {
  const { level, title, times, longestMs, errors, notes } = facts
  const below = errors - (level === 'ERROR' && times === undefined ? 1 : 0)
  return (
    <>
      <span className={clsx('truncate', facts.type === '' && 'text-text-3 italic', level === 'DEBUG' && 'text-text-3')}>
        {isMatch ? <mark>{title}</mark> : title}
      </span>{' '}
      {times === undefined ? null : <span className="shrink-0 font-medium text-text-2 tabular-nums">×{times}</span>}
      {longestMs === undefined ? null : (
        <span
          data-longest={`max ${formatDuration(longestMs)}`}
          className="shrink-0 text-11 text-text-3 tabular-nums after:content-[attr(data-longest)]"
        />
      )}
      {notes.length > 0 ? <span className="shrink-0 text-text-3">†</span> : null}
      {level === 'ERROR' ? <OctagonX size={12} strokeWidth={2} className="shrink-0 text-error" /> : null}
      {level === 'WARNING' ? <TriangleAlert size={12} strokeWidth={2} className="shrink-0 text-warning" /> : null}
      {level === 'DEBUG' ? <Bug size={12} strokeWidth={1.5} className="shrink-0 text-text-3" /> : null}
      {isClosed && below > 0 ? (
        <span
          data-count={below}
          className="flex shrink-0 items-center gap-0.5 text-11 text-error tabular-nums after:content-[attr(data-count)]"
        >
          {level === 'ERROR' ? null : <OctagonX size={12} strokeWidth={1.5} />}
        </span>
      ) : null}
    </>
  )
}
