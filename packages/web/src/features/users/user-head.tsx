import { Link } from '@tanstack/react-router'
import type { TraceGroupDto } from '@xtrace/contract'
import { Fact } from '#components/trace-groups/fact.tsx'
import { TracesLink } from '#components/trace-groups/group-columns.tsx'
import { filterOfGroup } from '#components/trace-groups/group-links.ts'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { formatCost } from '#lib/format/cost.ts'
import { formatCount } from '#lib/format/figures.ts'
import { formatTokenPair } from '#lib/format/tokens.ts'
import { useTimeFormat } from '#preferences/use-preferences.ts'
import { useProject } from '#project/use-project.ts'

interface UserHeadProps {
  readonly id: string
  /** Undefined until they are summed up, and without traces. */
  readonly totals: TraceGroupDto | undefined
}

/** What the traces of the user come to within the time range. */
export function UserHead({ id, totals }: UserHeadProps) {
  const { project } = useProject()
  const time = useTimeFormat()
  const door = (children: string, { rest = '', sort }: { rest?: string; sort?: string } = {}) => (
    <TracesLink
      project={project.id}
      q={filterOfGroup('user', id, rest)}
      {...(sort && { sort })}
      label={`${children}: open the traces`}
    >
      {children}
    </TracesLink>
  )
  return (
    <header className="flex shrink-0 flex-wrap items-center gap-x-6 gap-y-2 border-b px-4 py-3">
      <div className="flex min-w-0 items-center gap-1">
        <h2 className="truncate font-semibold text-16">{id}</h2>
        <CopyButton text={id} label="Copy user id" />
      </div>
      <dl className="tabular flex flex-wrap gap-x-6 gap-y-1 text-12">
        <Fact label="Traces">{door(formatCount(totals?.traces))}</Fact>
        <Fact label="Sessions">
          <Link
            to="."
            search={(earlier) => ({ ...earlier, tab: undefined })}
            className="-my-1.5 py-1.5 hover:underline"
          >
            {formatCount(totals?.otherCount)}
          </Link>
        </Fact>
        <Fact label="Errors">
          <span className={totals && totals.errors > 0 ? 'text-error' : ''}>
            {door(formatCount(totals?.errors), { rest: 'errors:>0' })}
          </span>
        </Fact>
        <Fact label="Tokens">
          {door(formatTokenPair(totals?.inputTokens, totals?.outputTokens), { sort: '-tokens' })}
        </Fact>
        <Fact label="Cost">
          <span title={totals?.cost == null ? undefined : String(totals.cost)}>
            {door(formatCost(totals?.cost), { sort: '-cost' })}
          </span>
        </Fact>
        <Fact label="First trace">
          <span title={totals && time.full(totals.first)}>{time.when(totals?.first, Date.now())}</span>
        </Fact>
        <Fact label="Last trace">
          <span title={totals && time.full(totals.last)}>{time.when(totals?.last, Date.now())}</span>
        </Fact>
        <Fact label="Environments">{totals?.environments.join(', ') ?? '–'}</Fact>
      </dl>
    </header>
  )
}
