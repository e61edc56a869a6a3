import { Link } from '@tanstack/react-router'
import type { TraceGroupDto, TraceListRowDto } from '@xtrace/contract'
import { Fact } from '#components/trace-groups/fact.tsx'
import { GroupLink } from '#components/trace-groups/group-columns.tsx'
import { filterOfGroup } from '#components/trace-groups/group-links.ts'
import { buttonLook } from '#components/ui/button.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { formatCost } from '#lib/format/cost.ts'
import { formatDuration } from '#lib/format/duration.ts'
import { formatCount } from '#lib/format/figures.ts'
import { formatTokenPair } from '#lib/format/tokens.ts'
import { useTimeFormat } from '#preferences/use-preferences.ts'
import { useProject } from '#project/use-project.ts'
import { fixedRange } from '#search/time-range.ts'
import { endOf } from './turns.ts'

interface SessionHeadProps {
  readonly id: string
  /** Undefined until they are summed up. */
  readonly totals: TraceGroupDto | undefined
  readonly rows: readonly TraceListRowDto[]
}

const SECOND_MS = 1000

/** What the whole session comes to. */
export function SessionHead({ id, totals, rows }: SessionHeadProps) {
  const { project } = useProject()
  const time = useTimeFormat()
  const fromMs = totals?.first ?? rows[0]?.time ?? 0
  const toMs = Math.max(totals?.last ?? 0, ...rows.map(endOf))
  const t = fixedRange({ fromMs, toMs: toMs + SECOND_MS })
  const door = (children: string, { rest = '', sort }: { rest?: string; sort?: string } = {}) => (
    <Link
      to="/p/$project/traces"
      params={{ project: project.id }}
      search={{ q: filterOfGroup('session', id, rest), t, sort }}
      aria-label={`${children}: open the traces`}
      className="-my-1.5 py-1.5 hover:underline"
    >
      {children}
    </Link>
  )
  return (
    <header className="flex shrink-0 flex-wrap items-center gap-x-6 gap-y-2 border-b px-4 py-3">
      <div className="flex min-w-0 items-center gap-1">
        <h2 className="truncate font-semibold text-16">{id}</h2>
        <CopyButton text={id} label="Copy session id" />
      </div>
      <dl className="tabular flex flex-wrap gap-x-6 gap-y-1 text-12">
        <Fact label="Traces">{door(formatCount(totals?.traces))}</Fact>
        <Fact label="From first to last">
          <span title={`${time.full(fromMs)} to ${time.full(toMs)}`}>{formatDuration(toMs - fromMs)}</span>
        </Fact>
        <Fact label="Begun">
          <span title={time.full(fromMs)}>{time.date(fromMs, Date.now())}</span>
        </Fact>
        <Fact label="Cost">
          <span title={totals?.cost == null ? undefined : String(totals.cost)}>
            {door(formatCost(totals?.cost), { sort: '-cost' })}
          </span>
        </Fact>
        <Fact label="Tokens">
          {door(formatTokenPair(totals?.inputTokens, totals?.outputTokens), { sort: '-tokens' })}
        </Fact>
        <Fact label="Errors">
          <span className={totals && totals.errors > 0 ? 'text-error' : ''}>
            {door(formatCount(totals?.errors), { rest: 'errors:>0' })}
          </span>
        </Fact>
        {totals && totals.others.length > 0 ? (
          <Fact label={totals.otherCount === 1 ? 'User' : 'Users'}>
            <Users project={project.id} totals={totals} />
          </Fact>
        ) : null}
        {totals ? <Fact label="Environment">{totals.environments.join(', ')}</Fact> : null}
      </dl>
      <Link
        to="/p/$project/traces"
        params={{ project: project.id }}
        search={{ q: filterOfGroup('session', id), t }}
        className={`${buttonLook()} ml-auto`}
      >
        Open as a table
      </Link>
    </header>
  )
}

function Users({ project, totals }: { readonly project: string; readonly totals: TraceGroupDto }) {
  const rest = totals.otherCount - totals.others.length
  return (
    <span className="flex flex-wrap gap-x-2">
      {totals.others.map((user) => (
        <GroupLink key={user} project={project} field="user" id={user} />
      ))}
      {rest > 0 ? <span className="text-text-3">and {formatCount(rest)} more</span> : null}
    </span>
  )
}
