import { Link } from '@tanstack/react-router'
import { STATUS_CHARS } from '@xtrace/contract'
import { OctagonX, TriangleAlert } from 'lucide-react'
import { lazy, Suspense } from 'react'
import { typeLabel } from '#components/observation-type/observation-type.ts'
import { TypeIcon } from '#components/observation-type/type-icon.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { doorTitle, doorTo } from '#features/trace-view/model/row-doors.ts'
import { factsOfRow, paceOf } from '#features/trace-view/model/row-facts.ts'
import { idOf, promptOf, type TraceModel } from '#features/trace-view/model/trace-model.ts'
import type { TreeState } from '#features/trace-view/model/tree-state.ts'
import { useModel, useShown, useTraceContext } from '#features/trace-view/model/use-trace-view.ts'
import { countPoints } from '#lib/chat/code-points.ts'
import { formatDuration, formatRunning } from '#lib/format/duration.ts'
import { formatCount } from '#lib/format/figures.ts'
import { formatCached, formatSpeed, formatTokenPair } from '#lib/format/tokens.ts'
import { at, wordAt } from '#lib/trace/column.ts'
import { groupOfRow } from '#lib/trace/outline.ts'
import { Receipt } from './receipt.tsx'
import type { DetailSubject } from './subject.ts'

const RowActions = lazy(async () => ({
  default: (await import('#features/trace-view/actions/row-actions.tsx')).RowActions,
}))

interface DetailHeadProps {
  readonly node: number | undefined
  /** Whether it lies over the rows. */
  readonly isOver: boolean
}

/** The name of what is selected and what it took, from the shape alone: it never waits. */
export function DetailHead({ node, isOver }: DetailHeadProps) {
  const { traceId } = useTraceContext()
  const { model, tree } = useShown()
  const id = node === undefined ? undefined : idOf(model, node)
  const subject: DetailSubject = id === undefined ? { of: 'traces', id: traceId } : { of: 'observations', id }
  const actions = (
    <span className="ml-auto flex h-6 w-7 shrink-0">
      <Suspense fallback={null}>
        <RowActions subject={subject} />
      </Suspense>
    </span>
  )
  if (node === undefined)
    return (
      <div className="flex h-15 min-w-0 flex-1 items-center gap-2 px-3">
        <span className="truncate font-semibold">Trace</span>
        <span className="text-12 text-text-3">
          {isOver || model.tree.order.length === 0 ? 'as a whole' : 'as a whole; choose a row for one observation'}
        </span>
        {actions}
      </div>
    )
  const facts = factsOfRow(model, tree.outline, { row: node, sums: 'subtree' })
  const modelName = wordAt(model.tree.skeleton.models, node)
  const prompt = promptOf(model, node)
  return (
    <div className="flex min-h-15 min-w-0 flex-1 flex-col gap-1 px-3 pt-2 pb-1">
      <div className="flex min-w-0 items-center gap-2">
        <TypeIcon type={facts.type} size={16} />
        <span className="truncate font-semibold" title={facts.title}>
          {facts.title}
        </span>
        <span className="shrink-0 text-12 text-text-3">
          {typeLabel(facts.type)}
          <FirstOf tree={tree} />
        </span>
        {actions}
      </div>
      <div className="tabular flex flex-wrap items-center gap-x-3 gap-y-1 text-12 text-text-2">
        {facts.durationMs === undefined ? null : (
          <span>{facts.isRunning ? formatRunning(facts.durationMs) : formatDuration(facts.durationMs)}</span>
        )}
        <span className="text-text-3">at {formatDuration(facts.offsetMs)}</span>
        <Speed model={model} node={node} />
        {modelName ? <Door field="model" value={modelName} /> : null}
        <Tokens model={model} node={node} />
        {facts.cost === undefined ? null : <Receipt observationId={id ?? ''} cost={facts.cost} />}
        {prompt ? (
          <Door
            field="prompt"
            value={prompt.name}
            text={`prompt ${prompt.name}${prompt.version === null ? '' : ` v${prompt.version}`}`}
          />
        ) : null}
      </div>
      <StatusLine level={facts.level} status={facts.status} notes={facts.notes} />
    </div>
  )
}

/** Of a selected group the first member is told of. */
function FirstOf({ tree: { outline, selected } }: { readonly tree: TreeState }) {
  const group = groupOfRow(outline, selected)
  return group ? `, the first of ${formatCount(group.members.length)}` : null
}

interface NodeProps {
  readonly model: TraceModel
  readonly node: number
}

function Speed({ model, node }: NodeProps) {
  const { firstTokenMs, tokensPerSecond } = paceOf(model, node)
  const words = [
    ...(firstTokenMs === undefined ? [] : [`first token ${formatDuration(firstTokenMs)}`]),
    ...(tokensPerSecond === undefined ? [] : [formatSpeed(tokensPerSecond)]),
  ]
  return words.length === 0 ? null : <span>{words.join(' · ')}</span>
}

function Tokens({ model, node }: NodeProps) {
  const { inputTokens, outputTokens, cachedTokens } = model.tree.skeleton
  const cached = at(cachedTokens, node)
  if (Number.isNaN(at(inputTokens, node)) && Number.isNaN(at(outputTokens, node))) return null
  return (
    <span>
      {formatTokenPair(at(inputTokens, node), at(outputTokens, node))}
      {cached > 0 ? ` · ${formatCached(cached)}` : ''}
    </span>
  )
}

interface DoorProps {
  readonly field: 'model' | 'prompt'
  readonly value: string
  readonly text?: string
}

/** A fact that leads to all observations which have it in common; what is written may tell more than that. */
function Door({ field, value, text = value }: DoorProps) {
  return (
    <Link
      {...useDoor(field, value)}
      title={doorTitle(field, value)}
      className="inline-flex min-h-6 items-center hover:underline"
    >
      <Badge>{text}</Badge>
    </Link>
  )
}

/** The way from a message to all that failed with it. */
function SameStatus({ status }: { readonly status: string }) {
  const door = useDoor('status', status)
  return status === '' ? null : (
    <Link {...door} className="-my-1 inline-flex min-h-6 shrink-0 items-center self-start underline">
      find alike
    </Link>
  )
}

function useDoor(field: string, value: string) {
  const { project } = useTraceContext()
  const { time } = useModel().dto.trace
  return { to: '/p/$project/observations', params: { project }, search: doorTo({ field, value, atMs: time }) } as const
}

interface StatusLineProps {
  readonly level: string
  readonly status: string
  readonly notes: readonly string[]
}

/** Of a long message the beginning is known here; all of it stands in the metadata. */
const statusText = (status: string): string => (countPoints(status) < STATUS_CHARS ? status : `${status}…`)

function StatusLine({ level, status, notes }: StatusLineProps) {
  const isError = level === 'ERROR'
  if (level === 'DEFAULT' && status === '' && notes.length === 0) return null
  return (
    <div className="flex flex-col gap-1 pb-1">
      {isError || level === 'WARNING' ? (
        <p
          className={
            isError
              ? 'flex gap-1.5 rounded-4 bg-error-ground px-2 py-1 text-12 text-error'
              : 'flex gap-1.5 rounded-4 bg-warning-ground px-2 py-1 text-12 text-warning'
          }
        >
          {isError ? (
            <OctagonX size={14} strokeWidth={1.5} className="mt-px shrink-0" aria-label="Error" />
          ) : (
            <TriangleAlert size={14} strokeWidth={1.5} className="mt-px shrink-0" aria-label="Warning" />
          )}
          <span className="min-w-0 flex-1 break-words">
            {statusText(status) || (isError ? 'Error without a message' : 'Warning')}
          </span>
          <SameStatus status={status} />
        </p>
      ) : status ? (
        <p className="text-12 text-text-2">{statusText(status)}</p>
      ) : null}
      {notes.length > 0 ? <p className="text-12 text-text-3">† {notes.join('; ')}</p> : null}
    </div>
  )
}
