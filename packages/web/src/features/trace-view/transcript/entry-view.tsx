import { useQuery } from '@tanstack/react-query'
import { clsx } from 'clsx'
import { ChevronRight, OctagonX, Scissors } from 'lucide-react'
import type { ReactNode } from 'react'
import { InlineJson } from '#components/conversation/inline-json.tsx'
import { MessageCard } from '#components/conversation/message-card.tsx'
import { PartView } from '#components/conversation/part-view.tsx'
import { TypeIcon } from '#components/observation-type/type-icon.tsx'
import { nodeQuery } from '#features/trace-view/model/node-query.ts'
import { durationText } from '#features/trace-view/model/row-facts.ts'
import { idOf, statusOf, titleOf } from '#features/trace-view/model/trace-model.ts'
import { useModel, useTraceContext } from '#features/trace-view/model/use-trace-view.ts'
import type { Pairing } from '#lib/chat/pairing.ts'
import { parsePayload } from '#lib/chat/payload.ts'
import { formatCost } from '#lib/format/cost.ts'
import { formatDuration } from '#lib/format/duration.ts'
import { formatCount } from '#lib/format/figures.ts'
import { at, wordAt } from '#lib/trace/column.ts'
import { ERROR } from '#lib/trace/skeleton.ts'
import type { TranscriptEntry } from '#lib/trace/transcript.ts'
import { typeOf } from '#lib/trace/tree.ts'

interface EntryViewProps {
  readonly entry: TranscriptEntry
  readonly pairing: Pairing
  readonly isSelected: boolean
  /** Whether its observation was found. */
  readonly isMatch: boolean
  /** Found observations within a folded agent. */
  readonly foundInside: number
  onSelect(): void
  /** Opens the agent of the entry. */
  onOpen(): void
}

/** One entry of the transcript; its time in the margin leads to the observation. */
export function EntryView({ isSelected, ...props }: EntryViewProps) {
  const { entry, isMatch, onSelect } = props
  const model = useModel()
  const { node } = entry
  const offset = at(model.tree.start, node) - model.tree.fromMs
  return (
    <article className={clsx('flex gap-3 py-1 pr-4', isSelected ? 'bg-selected' : 'hover:bg-canvas')}>
      <button
        type="button"
        className="tabular w-20 shrink-0 self-start py-2 pr-2 text-right text-11 text-text-3 hover:text-accent"
        aria-label={`${titleOf(model, node)} at ${formatDuration(offset)}`}
        onClick={onSelect}
      >
        <MatchText text={formatDuration(offset)} isMatch={isMatch} />
      </button>
      <div className="min-w-0 max-w-[84ch] flex-1">
        <EntryBody {...props} />
      </div>
    </article>
  )
}

function EntryBody(props: Omit<EntryViewProps, 'isSelected'>) {
  const { entry, pairing, isMatch, onSelect } = props
  switch (entry.kind) {
    case 'message':
      return (
        <>
          {entry.isAnswer ? <StepHead node={entry.node} isMatch={isMatch} onSelect={onSelect} /> : null}
          <MessageCard
            message={entry.message}
            pairing={pairing}
            isLast={entry.isAnswer}
            isFolded={entry.message.role === 'system'}
          />
        </>
      )
    case 'generation':
      return <StepHead node={entry.node} isMatch={isMatch} onSelect={onSelect} />
    case 'tool':
      return <ToolStep entry={entry} pairing={pairing} isMatch={isMatch} onSelect={onSelect} />
    case 'rewritten':
      return (
        <p className="flex items-center gap-2 py-1 pl-3 text-12 text-text-3">
          <Scissors size={14} strokeWidth={1.5} aria-hidden /> history rewritten
        </p>
      )
    case 'agent':
      return <AgentLine {...props} entry={entry} />
  }
}

function MatchText({ text, isMatch }: { readonly text: string; readonly isMatch: boolean }) {
  return isMatch ? <mark>{text}</mark> : text
}

interface StepHeadProps extends Pick<EntryViewProps, 'isMatch' | 'onSelect'> {
  readonly node: number
  readonly children?: ReactNode
}

function StepHead({ node, isMatch, onSelect, children }: StepHeadProps) {
  const model = useModel()
  const { skeleton } = model.tree
  const cost = at(skeleton.cost, node)
  return (
    <button
      type="button"
      className="tabular flex min-h-6 w-full min-w-0 items-center gap-2 px-3 pt-1 text-left text-12"
      onClick={onSelect}
    >
      <TypeIcon type={typeOf(model.tree, node)} />
      <span className="truncate font-medium">
        <MatchText text={titleOf(model, node)} isMatch={isMatch} />
      </span>
      {children}
      <span className="ml-auto flex shrink-0 gap-2 text-text-3">
        <span>{wordAt(skeleton.models, node)}</span>
        <span>{durationText(model, node)}</span>
        {Number.isNaN(cost) ? null : <span>{formatCost(cost)}</span>}
      </span>
    </button>
  )
}

interface ToolStepProps extends Pick<EntryViewProps, 'pairing' | 'isMatch' | 'onSelect'> {
  readonly entry: Extract<TranscriptEntry, { kind: 'tool' }>
}

/** What the observation recorded; of what it did not, what the agent was told. */
function ToolStep({ entry: { node, call, result: told }, pairing, isMatch, onSelect }: ToolStepProps) {
  const { project } = useTraceContext()
  const model = useModel()
  const { data } = useQuery(nodeQuery(project, model, idOf(model, node) ?? ''))
  const isError = model.tree.skeleton.levels[node] === ERROR
  const given = call?.args ?? (data ? shown(data.payloads.input.text) : undefined)
  const result = data ? shown(data.payloads.output.text) : undefined
  return (
    <div className="py-1">
      <StepHead node={node} isMatch={isMatch} onSelect={onSelect}>
        {isError ? <OctagonX size={14} strokeWidth={1.5} className="text-error" aria-label="Failed" /> : null}
      </StepHead>
      <div className="flex flex-col gap-1 pr-3 pl-8 text-12">
        {given === undefined ? null : <Piece label="Called with" value={given} />}
        {result === undefined ? null : <Piece label="Result" value={result} />}
        {data && result === undefined && told ? <PartView part={told} pairing={pairing} isLast={false} /> : null}
        {isError && statusOf(model, node) ? <p className="text-error">{statusOf(model, node)}</p> : null}
      </div>
    </div>
  )
}

const shown = (text: string): unknown => (text === '' || text === 'null' ? undefined : (parsePayload(text) ?? text))

function Piece({ label, value }: { readonly label: string; readonly value: unknown }) {
  return (
    <div className="flex gap-2">
      <span className="w-20 shrink-0 text-text-3">{label}</span>
      <div className="min-w-0 flex-1">
        <InlineJson value={value} />
      </div>
    </div>
  )
}

interface AgentLineProps extends Pick<EntryViewProps, 'isMatch' | 'foundInside' | 'onOpen'> {
  readonly entry: Extract<TranscriptEntry, { kind: 'agent' }>
}

function AgentLine({ entry, isMatch, foundInside, onOpen }: AgentLineProps) {
  const model = useModel()
  return (
    <button
      type="button"
      className="tabular flex w-full items-center gap-2 rounded-4 bg-sunken px-3 py-1.5 text-left text-12"
      onClick={onOpen}
    >
      <ChevronRight size={12} strokeWidth={2} className="text-text-3" aria-hidden />
      <TypeIcon type="AGENT" />
      <span className="font-medium">
        <MatchText text={titleOf(model, entry.node)} isMatch={isMatch} />
      </span>
      <span className="text-text-2">
        {entry.steps} steps, {durationText(model, entry.node)}
        {Number.isNaN(entry.cost) ? '' : `, ${formatCost(entry.cost)}`}
      </span>
      {foundInside > 0 ? <mark>{formatCount(foundInside)} found inside</mark> : null}
    </button>
  )
}
