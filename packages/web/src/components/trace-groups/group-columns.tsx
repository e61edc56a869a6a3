import { Link } from '@tanstack/react-router'
import type { TraceGroupDto } from '@xtrace/contract'
import { clsx } from 'clsx'
import type { Column } from '#components/data-table/column.ts'
import { formatCost } from '#lib/format/cost.ts'
import { formatDuration } from '#lib/format/duration.ts'
import { formatCount } from '#lib/format/figures.ts'
import type { TimeFormat } from '#lib/format/time.ts'
import { formatTokenPair } from '#lib/format/tokens.ts'
import { filterOfGroup, GROUP_PAGES, type GroupField } from './group-links.ts'

interface GroupColumnsOptions {
  readonly project: string
  readonly field: GroupField
  readonly time: TimeFormat
  readonly nowMs: number
  /** All are of one session or user, which need not be told. */
  readonly isOfOne: boolean
}

/** The columns of sessions, or of users: what their traces within the time range come to. */
export function groupColumns({
  project,
  field,
  time,
  nowMs,
  isOfOne,
}: GroupColumnsOptions): readonly Column<TraceGroupDto>[] {
  const other = field === 'session' ? 'user' : 'session'
  const instant = (at: number) => (
    <time dateTime={new Date(at).toISOString()} title={time.full(at)}>
      {time.when(at, nowMs)}
    </time>
  )
  return [
    {
      id: 'id',
      label: field === 'session' ? 'Session' : 'User',
      width: 200,
      cell: ({ id }) => <GroupLink project={project} field={field} id={id} />,
      value: ({ id }) => id,
    },
    { id: 'last', label: 'Last trace', width: 120, cell: ({ last }) => instant(last) },
    { id: 'first', label: 'First trace', width: 120, cell: ({ first }) => instant(first) },
    {
      id: 'span',
      label: 'Between',
      width: 90,
      isNumeric: true,
      isHidden: field === 'user',
      cell: ({ first, last, traces }) => (traces > 1 ? formatDuration(last - first) : '–'),
    },
    {
      id: 'traces',
      label: 'Traces',
      width: 80,
      isNumeric: true,
      cell: ({ id, traces }) => (
        <TracesLink project={project} q={filterOfGroup(field, id)} label={`${traces} traces`}>
          {formatCount(traces)}
        </TracesLink>
      ),
    },
    {
      id: 'errors',
      label: 'Errors',
      width: 70,
      isNumeric: true,
      cell: ({ id, errors }) =>
        errors === 0 ? (
          <span className="text-text-3">0</span>
        ) : (
          <TracesLink project={project} q={filterOfGroup(field, id, 'errors:>0')} label={`${errors} errors`} isError>
            {formatCount(errors)}
          </TracesLink>
        ),
    },
    {
      id: 'tokens',
      label: 'Tokens',
      width: 120,
      isNumeric: true,
      cell: ({ id, inputTokens, outputTokens }) => (
        <TracesLink
          project={project}
          q={filterOfGroup(field, id)}
          sort="-tokens"
          label={`${formatTokenPair(inputTokens, outputTokens)}: traces by their tokens`}
        >
          {formatTokenPair(inputTokens, outputTokens)}
        </TracesLink>
      ),
    },
    {
      id: 'cost',
      label: 'Cost',
      width: 90,
      isNumeric: true,
      cell: ({ id, cost }) => (
        <TracesLink
          project={project}
          q={filterOfGroup(field, id)}
          sort="-cost"
          label={`${formatCost(cost)}: traces by their cost`}
        >
          <span title={cost === null ? undefined : String(cost)}>{formatCost(cost)}</span>
        </TracesLink>
      ),
    },
    {
      id: 'others',
      label: other === 'user' ? 'Users' : 'Sessions',
      width: 160,
      isHidden: isOfOne,
      cell: ({ others, otherCount }) => <Others project={project} field={other} ids={others} count={otherCount} />,
    },
    {
      id: 'environments',
      label: 'Environments',
      width: 140,
      cell: ({ environments }) => environments.join(', '),
      value: ({ environments }) => environments.join(', '),
    },
  ]
}

interface GroupLinkProps {
  readonly project: string
  readonly field: GroupField
  readonly id: string
}

/** The way to the page of a session or a user. */
export function GroupLink({ project, field, id }: GroupLinkProps) {
  return (
    <Link
      to={GROUP_PAGES[field]}
      params={{ project, id }}
      title={id}
      className="-my-1.5 py-1.5 text-accent hover:underline"
    >
      {id}
    </Link>
  )
}

interface TracesLinkProps {
  readonly project: string
  readonly q: string
  /** The order in which the traces are of interest. */
  readonly sort?: string
  readonly label: string
  readonly isError?: boolean
  readonly children: React.ReactNode
}

/** A figure that opens the traces behind it. */
export function TracesLink({ project, q, sort, label, isError = false, children }: TracesLinkProps) {
  return (
    <Link
      to="/p/$project/traces"
      params={{ project }}
      search={(earlier) => ({ t: earlier.t, env: earlier.env, q, sort })}
      aria-label={label}
      className={clsx('-my-1.5 py-1.5 hover:underline', isError && 'text-error')}
    >
      {children}
    </Link>
  )
}

interface OthersProps {
  readonly project: string
  readonly field: GroupField
  readonly ids: readonly string[]
  readonly count: number
}

/** The first one by name, the rest by their number. */
function Others({ project, field, ids, count }: OthersProps) {
  const [first] = ids
  if (first === undefined) return '–'
  return (
    <span title={ids.join('\n')}>
      <GroupLink project={project} field={field} id={first} />
      {count > 1 ? <span className="text-text-3"> and {formatCount(count - 1)} more</span> : null}
    </span>
  )
}
