import { clsx } from 'clsx'
import { OctagonX, TriangleAlert } from 'lucide-react'
import { memo } from 'react'
import { TypeIcon } from '#components/observation-type/type-icon.tsx'
import { statusOf, type TraceModel, titleOf } from '#features/trace-view/model/trace-model.ts'
import { formatDuration } from '#lib/format/duration.ts'
import { at } from '#lib/trace/column.ts'
import { ERROR, WARNING } from '#lib/trace/skeleton.ts'
import { durationOf, typeOf } from '#lib/trace/tree.ts'

interface LogRowProps {
  readonly model: TraceModel
  readonly node: number
  readonly topPx: number
  readonly rowPx: number
  /** The beginning of the output; undefined while it is on its way. */
  readonly preview: string | undefined
  readonly isSelected: boolean
  readonly isMatch: boolean
  onSelect(node: number): void
}

/** Offset, type, name, and what came out or went wrong. */
export const LogRow = memo(function LogRow(props: LogRowProps) {
  const { model, node, preview = '', isSelected, isMatch } = props
  const { tree } = model
  const level = tree.skeleton.levels[node]
  const title = titleOf(model, node)
  const status = statusOf(model, node)
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: its keys are in the registry
    <div
      id={`log-${node}`}
      role="option"
      tabIndex={-1}
      aria-selected={isSelected}
      className={clsx(
        'absolute inset-x-0 flex cursor-default items-center gap-2 px-3 text-12',
        isSelected ? 'bg-selected' : 'hover:bg-hover',
      )}
      style={{ top: props.topPx, height: props.rowPx }}
      onClick={() => props.onSelect(node)}
    >
      {level === ERROR ? <span className="absolute inset-y-0 left-0 w-[3px] bg-error" /> : null}
      <span className="tabular w-16 shrink-0 text-right text-text-3">
        {formatDuration(at(tree.start, node) - tree.fromMs)}
      </span>
      <TypeIcon type={typeOf(tree, node)} />
      <span className="w-44 shrink-0 truncate">{isMatch ? <mark>{title}</mark> : title}</span>
      <span className="tabular w-16 shrink-0 text-right text-text-2">{formatDuration(durationOf(tree, node))}</span>
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
  )
})
