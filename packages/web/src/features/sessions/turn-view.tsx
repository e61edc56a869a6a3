import { Link } from '@tanstack/react-router'
import { clsx } from 'clsx'
import { OctagonX, Wrench } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { MessageCard } from '#components/conversation/message-card.tsx'
import { PresentationView } from '#components/conversation/presentation-view.tsx'
import { ErrorState } from '#components/error-state/error-state.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import type { Message } from '#lib/chat/chat.ts'
import { pairCalls } from '#lib/chat/pairing.ts'
import { present } from '#lib/chat/present.ts'
import { formatCost } from '#lib/format/cost.ts'
import { formatDuration } from '#lib/format/duration.ts'
import { formatScore } from '#lib/format/figures.ts'
import { formatTokenPair } from '#lib/format/tokens.ts'
import type { ToolChip } from '#lib/trace/session-replay.ts'
import { useTimeFormat } from '#preferences/use-preferences.ts'
import { useProject } from '#project/use-project.ts'
import type { SessionTurn } from './turns.ts'
import type { TurnFailure } from './use-session.ts'
import { searchOfTurn } from './use-session.ts'

interface TurnViewProps {
  readonly turn: SessionTurn
  readonly isChosen: boolean
  readonly failure: TurnFailure | undefined
}

/** One trace of the session: what was said, and beside it what it took. */
export function TurnView({ turn, isChosen, failure }: TurnViewProps) {
  const item = useRef<HTMLLIElement>(null)
  useEffect(() => {
    if (isChosen) item.current?.scrollIntoView({ block: 'start' })
  }, [isChosen])
  return (
    <li ref={item} className="scroll-mt-10">
      {turn.pauseMs === undefined ? null : (
        <p className="border-b bg-sunken px-4 py-1 text-11 text-text-3">{formatDuration(turn.pauseMs)} later</p>
      )}
      <div className={clsx('grid border-b md:grid-cols-[208px_minmax(0,1fr)]', isChosen && 'bg-selected')}>
        <TurnFacts turn={turn} />
        <div className="min-w-0 bg-surface py-1 md:border-l">
          {failure ? <ErrorState error={failure.error} doing="read this trace" onRetry={failure.retry} /> : null}
          {turn.trace.record || failure ? null : <Skeleton className="m-3 h-12" />}
          {turn.trace.record ? <TurnMessages turn={turn} record={turn.trace.record} /> : null}
        </div>
      </div>
    </li>
  )
}

function TurnFacts({ turn: { trace } }: { readonly turn: SessionTurn }) {
  const { row } = trace
  const { project } = useProject()
  const time = useTimeFormat()
  return (
    <div className="tabular flex flex-col items-start gap-1 px-4 py-3 text-12">
      <Link
        to="/p/$project/traces/$trace"
        params={{ project: project.id, trace: row.id }}
        search={searchOfTurn(row)}
        className="-my-1 max-w-full truncate py-1 font-medium text-accent hover:underline"
        title={row.id}
      >
        {row.name ?? row.id}
      </Link>
      <span className="text-text-3" title={time.full(row.time)}>
        {time.date(row.time, Date.now())}
      </span>
      <span className="text-text-2">
        {formatDuration(row.latency === null ? null : row.latency * 1000)} · {formatCost(row.cost)}
      </span>
      <span className="text-text-2">{formatTokenPair(row.inputTokens, row.outputTokens)}</span>
      <div className="flex flex-wrap gap-1">
        {row.errors > 0 ? (
          <Badge tone="error" icon={OctagonX}>
            {row.errors} {row.errors === 1 ? 'error' : 'errors'}
          </Badge>
        ) : null}
        {row.scores.map(({ name, dataType, value, text }) => (
          <Badge key={`${name} ${dataType}`}>
            {name} {text === '' ? formatScore(value) : text}
          </Badge>
        ))}
      </div>
    </div>
  )
}

interface TurnMessagesProps {
  readonly turn: SessionTurn
  readonly record: NonNullable<SessionTurn['trace']['record']>
}

function TurnMessages({ turn, record }: TurnMessagesProps) {
  const { user, assistant, tools } = turn
  return (
    <>
      {user ? <OneMessage message={user} /> : <Brief label="input" text={turn.isBrief ? record.input : ''} />}
      <Tools tools={tools} />
      {assistant ? <OneMessage message={assistant} /> : <Brief label="output" text={record.output} />}
      {assistant || record.output !== '' ? null : <p className="px-3 py-2 text-12 text-text-3">no answer recorded</p>}
    </>
  )
}

const OneMessage = ({ message }: { readonly message: Message }) => (
  <MessageCard message={message} pairing={pairCalls([message])} isLast />
)

/** What is no conversation, as it reads best. */
function Brief({ label, text }: { readonly label: string; readonly text: string }) {
  if (text === '') return null
  return (
    <section aria-label={label}>
      <h3 className="px-3 pt-2 font-medium text-12 text-text-2">{label}</h3>
      <PresentationView presentation={present(text)} />
    </section>
  )
}

function Tools({ tools }: { readonly tools: readonly ToolChip[] }) {
  if (tools.length === 0) return null
  return (
    <ul aria-label="Tools" className="flex flex-wrap gap-1 px-3 py-1">
      {tools.map(({ name, count, errors }) => (
        <li key={name}>
          <Badge icon={Wrench} tone={errors > 0 ? 'error' : 'neutral'}>
            {name}
            {count > 1 ? ` ×${count}` : ''}
            {errors > 0 ? `, ${errors} failed` : ''}
          </Badge>
        </li>
      ))}
    </ul>
  )
}
