import type { TraceGroupDto } from '@xtrace/contract'
import type { ReactNode } from 'react'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { formatCost } from '#lib/format/cost.ts'
import { formatCount } from '#lib/format/figures.ts'
import { formatTokenPair } from '#lib/format/tokens.ts'
import { Fact } from './fact.tsx'
import type { GroupField } from './group-links.ts'

interface Door {
  /** Beside the id, which traces are meant. */
  readonly rest?: string
  /** The order in which they are of interest. */
  readonly sort?: string
}

interface GroupHeadProps {
  readonly field: GroupField
  readonly id: string
  /** Undefined until they are summed up, and without traces. */
  readonly totals: TraceGroupDto | undefined
  /** A figure as the way to the traces behind it. */
  door(figure: string, door?: Door): ReactNode
  /** Facts of this kind alone: those before the cost, and those after the errors. */
  readonly before: ReactNode
  readonly after: ReactNode
  /** At the right end. */
  readonly action?: ReactNode
}

/** What the traces of one session, or of one user, come to. */
export function GroupHead({ field, id, totals, door, before, after, action }: GroupHeadProps) {
  return (
    <header className="flex shrink-0 flex-wrap items-center gap-x-6 gap-y-2 border-b px-4 py-3">
      <div className="flex min-w-0 items-center gap-1">
        <h2 className="truncate font-semibold text-16">{id}</h2>
        <CopyButton text={id} label={`Copy ${field} id`} />
      </div>
      <dl className="tabular flex flex-wrap gap-x-6 gap-y-1 text-12">
        <Fact label="Traces">{door(formatCount(totals?.traces))}</Fact>
        {before}
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
        {after}
      </dl>
      {action}
    </header>
  )
}
