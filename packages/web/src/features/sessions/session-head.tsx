import { Link } from '@tanstack/react-router'
import type { TraceGroupDto, TraceListRowDto } from '@xtrace/contract'
import { Fact } from '#components/trace-groups/fact.tsx'
import { GroupLink } from '#components/trace-groups/group-columns.tsx'
import { GroupHead } from '#components/trace-groups/group-head.tsx'
import { filterOfGroup } from '#components/trace-groups/group-links.ts'
import { buttonLook } from '#components/ui/button.tsx'
import { formatDuration } from '#lib/format/duration.ts'
import { formatCount } from '#lib/format/figures.ts'
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
  return (
    <GroupHead
      field="session"
      id={id}
      totals={totals}
      door={(figure, { rest = '', sort } = {}) => (
        <Link
          to="/p/$project/traces"
          params={{ project: project.id }}
          search={{ q: filterOfGroup('session', id, rest), t, sort }}
          aria-label={`${figure}: open the traces`}
          className="-my-1.5 py-1.5 hover:underline"
        >
          {figure}
        </Link>
      )}
      before={
        <>
          <Fact label="From first to last">
            <span title={`${time.full(fromMs)} to ${time.full(toMs)}`}>{formatDuration(toMs - fromMs)}</span>
          </Fact>
          <Fact label="Begun">
            <span title={time.full(fromMs)}>{time.date(fromMs, Date.now())}</span>
          </Fact>
        </>
      }
      after={
        <>
          {totals && totals.others.length > 0 ? (
            <Fact label={totals.otherCount === 1 ? 'User' : 'Users'}>
              <Users project={project.id} totals={totals} />
            </Fact>
          ) : null}
          {totals ? <Fact label="Environment">{totals.environments.join(', ')}</Fact> : null}
        </>
      }
      action={
        <Link
          to="/p/$project/traces"
          params={{ project: project.id }}
          search={{ q: filterOfGroup('session', id), t }}
          className={`${buttonLook()} ml-auto`}
        >
          Open as a table
        </Link>
      }
    />
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
