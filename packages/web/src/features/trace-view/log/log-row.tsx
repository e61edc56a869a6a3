import { clsx } from 'clsx'
import { ChevronDown, ChevronRight, OctagonX, TriangleAlert } from 'lucide-react'
import { memo } from 'react'
import { TypeIcon } from '#components/observation-type/type-icon.tsx'
import { PayloadsTab } from '#features/trace-view/detail/payloads-tab.tsx'
import { durationText } from '#features/trace-view/model/row-facts.ts'
import { statusOf, type TraceModel, titleOf } from '#features/trace-view/model/trace-model.ts'
import { formatDuration } from '#lib/format/duration.ts'
import { at } from '#lib/trace/column.ts'
import { ERROR, WARNING } from '#lib/trace/skeleton.ts'
import { typeOf } from '#lib/trace/tree.ts'

interface LogRowProps {
  readonly model: TraceModel
  readonly node: number
  /** For the list that measures it. */
  readonly index: number
  readonly topPx: number
  readonly rowPx: number
  /** The beginning of the output; undefined while it is on its way. */
  readonly preview: string | undefined
  readonly isSelected: boolean
  readonly isMatch: boolean
  /** Whether its input and output stand below it. */
  readonly isOpen: boolean
  onSelect(node: number): void
  onToggle(id: string): void
  measure(element: HTMLElement | null): void
}

/** Offset, type, name, and what came out or went wrong; open, all of what went in and came out. */
export const LogRow = memo(function LogRow(props: LogRowProps) {
  const { model, node, preview = '', isSelected, isMatch, isOpen } = props
  const { tree } = model
  const level = tree.skeleton.levels[node]
  const title = titleOf(model, node)
  const id = tree.skeleton.ids[node] ?? ''
  const status = statusOf(model, node)
  const Fold = isOpen ? ChevronDown : ChevronRight
  return (
    <div
      id={`log-${node}`}
      ref={props.measure}
      data-index={props.index}
      role="treeitem"
      tabIndex={-1}
      aria-level={1}
      aria-selected={isSelected}
      aria-expanded={isOpen}
      className="absolute inset-x-0 top-0"
      style={{ transform: `translateY(${props.topPx}px)` }}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the tree item around it has the keys */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: its keys are in the registry */}
      <div
        className={clsx(
          'relative flex cursor-default items-center gap-2 pr-3 pl-1 text-12',
          isSelected ? 'bg-selected' : 'hover:bg-hover',
        )}
        style={{ height: props.rowPx }}
        onClick={() => props.onSelect(node)}
      >
        {level === ERROR ? <span className="absolute inset-y-0 left-0 w-[3px] bg-error" /> : null}
        <button
          type="button"
          tabIndex={-1}
          aria-label={isOpen ? 'Close' : 'Open here'}
          className="grid size-6 shrink-0 place-items-center rounded-4 text-text-3 hover:text-text"
          onClick={() => props.onToggle(id)}
        >
          <Fold size={12} strokeWidth={1.75} />
        </button>
        <span className="tabular w-14 shrink-0 text-right text-text-3">
          {formatDuration(at(tree.start, node) - tree.fromMs)}
        </span>
        <TypeIcon type={typeOf(tree, node)} />
        <span className="w-44 shrink-0 truncate">{isMatch ? <mark>{title}</mark> : title}</span>
        <span className="tabular w-16 shrink-0 text-right text-text-2">{durationText(model, node)}</span>
        {level === ERROR ? (
          <OctagonX size={12} strokeWidth={2} className="shrink-0 text-error" aria-label="Error" />
        ) : null}
        {level === WARNING ? (
          <TriangleAlert size={12} strokeWidth={2} className="shrink-0 text-warning" aria-label="Warning" />
        ) : null}
        <span className={clsx('min-w-0 flex-1 truncate', level === ERROR ? 'text-error' : 'text-text-3')}>
          {level === ERROR && status ? status : preview}
        </span>
      </div>
      {isOpen ? (
        <div className="max-h-[60vh] overflow-y-auto border-y bg-surface pl-7">
          <PayloadsTab subject={{ of: 'observations', id }} />
        </div>
      ) : null}
    </div>
  )
})
