import { Link } from '@tanstack/react-router'
import type { OverviewKey } from '#api/overview.ts'
import { formatCost } from '#lib/format/cost.ts'
import { formatDuration } from '#lib/format/duration.ts'
import { formatCount } from '#lib/format/figures.ts'
import { formatTokens } from '#lib/format/tokens.ts'
import { filterOfGroup, KEY_WORDS } from './group-doors.ts'
import type { GroupTotal } from './overview-series.ts'

interface GroupTableProps {
  readonly by: OverviewKey
  readonly totals: readonly GroupTotal[]
  /** How many groups there are beside those. */
  readonly others: number
  readonly project: string
}

/** What each group came to; every figure opens its rows. */
export function GroupTable({ by, totals, others, project }: GroupTableProps) {
  const { noun, counted, none } = KEY_WORDS[by]
  return (
    <>
      <table className="w-full text-12">
        <caption className="sr-only">By {noun}</caption>
        <thead>
          <tr className="h-7 border-b text-left text-text-3">
            <th className="px-3 font-normal capitalize">{noun}</th>
            {[counted, 'p90', 'Errors', 'Tokens', 'Cost'].map((name) => (
              <th key={name} className="px-3 text-right font-normal">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {totals.map(({ key, calls, failed, tokens, cost, p90 }) => {
            const door = { by, group: key, project }
            return (
              <tr key={key} className="tabular h-7 border-b text-right last:border-b-0 hover:bg-hover">
                <td className="max-w-80 truncate px-3 text-left">
                  <Door {...door} isName>
                    {key === '' ? none : key}
                  </Door>
                </td>
                <td className="px-3">
                  <Door {...door}>{formatCount(calls)}</Door>
                </td>
                <td className="px-3">
                  <Door {...door} sort="-latency">
                    {p90 === null ? '–' : formatDuration(p90 * 1000)}
                  </Door>
                </td>
                <td className="px-3">
                  {failed === 0 ? (
                    <span className="text-text-3">0</span>
                  ) : (
                    <Door {...door} rest={KEY_WORDS[by].failed}>
                      <span className="text-error">{formatCount(failed)}</span>
                    </Door>
                  )}
                </td>
                <td className="px-3">
                  <Door {...door} sort="-tokens">
                    {formatTokens(tokens)}
                  </Door>
                </td>
                <td className="px-3" title={cost === null ? undefined : String(cost)}>
                  <Door {...door} sort="-cost">
                    {formatCost(cost)}
                  </Door>
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
      {others > 0 ? (
        <p className="px-3 py-1.5 text-12 text-text-3">
          and {formatCount(others)} more, which cost and occur less than these {formatCount(totals.length)}
        </p>
      ) : null}
    </>
  )
}

interface DoorProps {
  readonly by: OverviewKey
  readonly group: string
  readonly project: string
  readonly rest?: string
  readonly sort?: string
  readonly isName?: boolean
  readonly children: React.ReactNode
}

function Door({ by, group, project, rest, sort, isName = false, children }: DoorProps) {
  return (
    <Link
      to={KEY_WORDS[by].to}
      params={{ project }}
      search={(earlier) => ({ t: earlier.t, env: earlier.env, q: filterOfGroup(by, group, rest), sort })}
      className={isName ? '-my-1.5 py-1.5 text-accent hover:underline' : '-my-1.5 py-1.5 hover:underline'}
    >
      {children}
    </Link>
  )
}
