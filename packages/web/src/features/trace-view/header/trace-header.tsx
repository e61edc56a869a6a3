import { Link } from '@tanstack/react-router'
import { CircleDollarSign, Clock, Coins, OctagonX, TriangleAlert, UserRound, Users } from 'lucide-react'
import { lazy, type ReactNode, Suspense } from 'react'
import { Badge } from '#components/ui/badge.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { Tooltip } from '#components/ui/tooltip.tsx'
import { useTraceSearch } from '#features/trace-view/model/use-trace-search.ts'
import { useModel, useTraceContext } from '#features/trace-view/model/use-trace-view.ts'
import { formatCost } from '#lib/format/cost.ts'
import { formatDuration, formatRunning } from '#lib/format/duration.ts'
import { formatCount } from '#lib/format/figures.ts'
import { formatId } from '#lib/format/id.ts'
import { formatTokenPair } from '#lib/format/tokens.ts'
import { useTimeFormat } from '#preferences/use-preferences.ts'
import { CHIP, Door } from './door.tsx'
import { TagChips } from './tag-chips.tsx'
import { totalsOf } from './totals.ts'
import { TraceActions } from './trace-actions.tsx'
import { TraceName } from './trace-name.tsx'
import { VerdictLine } from './verdict-line.tsx'

const ListWalk = lazy(async () => ({
  default: (await import('#features/trace-view/walk/list-walk.tsx')).ListWalk,
}))

/** Whose trace it is, what it took in all, and where that went. */
export function TraceHeader() {
  const { project, traceId, walk } = useTraceContext()
  const { ref } = useTraceSearch()
  const model = useModel()
  const totals = totalsOf(model)
  return (
    <header className="flex shrink-0 flex-col gap-1 border-b bg-surface px-4 py-2">
      <div className="flex flex-wrap items-start justify-end gap-x-4 gap-y-1 md:flex-nowrap">
        <div className="flex min-w-0 flex-1 basis-full flex-wrap items-center gap-x-4 gap-y-1 md:basis-0">
          <div className="flex min-w-0 items-center gap-1">
            <TraceName />
            <Tooltip text={traceId}>
              <span className="mono ml-1 text-text-3">{formatId(traceId)}</span>
            </Tooltip>
            <CopyButton text={traceId} label="Copy trace id" />
          </div>
          <Figure icon={<Clock size={14} strokeWidth={1.5} />} label="Duration">
            {model.isRunning ? formatRunning(totals.durationMs) : formatDuration(totals.durationMs)}
          </Figure>
          <Figure icon={<CircleDollarSign size={14} strokeWidth={1.5} />} label="Cost">
            {formatCost(totals.cost)}
          </Figure>
          <Figure icon={<Coins size={14} strokeWidth={1.5} />} label="Tokens, in and out">
            {formatTokenPair(totals.inputTokens, totals.outputTokens)}
          </Figure>
          {totals.errors > 0 ? (
            <button
              type="button"
              className="flex h-6 items-center"
              onClick={() => walk(1)}
              aria-label={`${totals.errors} errors, to the next one`}
            >
              <Badge tone="error" icon={OctagonX}>
                {formatCount(totals.errors)}
              </Badge>
            </button>
          ) : null}
          {totals.warnings > 0 ? (
            <Badge tone="warning" icon={TriangleAlert}>
              {formatCount(totals.warnings)}
            </Badge>
          ) : null}
          <TraceChips project={project} />
        </div>
        <div className="flex shrink-0 items-center gap-1">
          {ref === undefined ? null : (
            // Its room is kept, so that nothing moves when the list has been read.
            <span className="flex h-7 min-w-32 justify-end pointer-coarse:h-11">
              <Suspense fallback={null}>
                <ListWalk />
              </Suspense>
            </span>
          )}
          <TraceActions />
        </div>
      </div>
      <VerdictLine />
    </header>
  )
}

function Figure({ icon, label, children }: { icon: ReactNode; label: string; children: ReactNode }) {
  return (
    <Tooltip text={label}>
      <span className="tabular flex items-center gap-1.5 whitespace-nowrap text-13">
        <span className="text-text-3">{icon}</span>
        <span className="sr-only">{label}</span>
        {children}
      </span>
    </Tooltip>
  )
}

function TraceChips({ project }: { readonly project: string }) {
  const { trace } = useModel().dto
  const time = useTimeFormat()
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-1.5">
      <time dateTime={new Date(trace.time).toISOString()} className="text-12 text-text-3" title={time.full(trace.time)}>
        {time.date(trace.time, Date.now())}
      </time>
      {trace.userId ? (
        <Link to="/p/$project/users/$id" params={{ project, id: trace.userId }} className={`${CHIP} hover:text-accent`}>
          <UserRound size={12} strokeWidth={1.5} aria-label="User" />
          <span className="truncate">{trace.userId}</span>
        </Link>
      ) : null}
      {trace.sessionId ? (
        <Link
          to="/p/$project/sessions/$id"
          params={{ project, id: trace.sessionId }}
          className={`${CHIP} hover:text-accent`}
        >
          <Users size={12} strokeWidth={1.5} aria-label="Session" />
          <span className="truncate">{trace.sessionId}</span>
        </Link>
      ) : null}
      {trace.environment === 'default' ? null : <Door field="env" value={trace.environment} />}
      {trace.version ? <Door field="version" value={trace.version} text={`version ${trace.version}`} /> : null}
      {trace.release ? <Door field="release" value={trace.release} text={`release ${trace.release}`} /> : null}
      <TagChips tags={trace.tags} />
    </div>
  )
}
