import { Link } from '@tanstack/react-router'
import type { TraceGroupDto } from '@xtrace/contract'
import { Fact } from '#components/trace-groups/fact.tsx'
import { TracesLink } from '#components/trace-groups/group-columns.tsx'
import { GroupHead } from '#components/trace-groups/group-head.tsx'
import { filterOfGroup } from '#components/trace-groups/group-links.ts'
import { formatCount } from '#lib/format/figures.ts'
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
  return (
    <GroupHead
      field="user"
      id={id}
      totals={totals}
      door={(figure, { rest = '', sort } = {}) => (
        <TracesLink
          project={project.id}
          q={filterOfGroup('user', id, rest)}
          {...(sort && { sort })}
          label={`${figure}: open the traces`}
        >
          {figure}
        </TracesLink>
      )}
      before={
        <Fact label="Sessions">
          <Link
            to="."
            search={(earlier) => ({ ...earlier, tab: undefined })}
            className="-my-1.5 py-1.5 hover:underline"
          >
            {formatCount(totals?.otherCount)}
          </Link>
        </Fact>
      }
      after={
        <>
          <Fact label="First trace">
            <span title={totals && time.full(totals.first)}>{time.when(totals?.first, Date.now())}</span>
          </Fact>
          <Fact label="Last trace">
            <span title={totals && time.full(totals.last)}>{time.when(totals?.last, Date.now())}</span>
          </Fact>
          <Fact label="Environments">{totals?.environments.join(', ') ?? '–'}</Fact>
        </>
      }
    />
  )
}
