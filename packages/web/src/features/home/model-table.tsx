import { Link } from '@tanstack/react-router'
import { include } from '#lib/filter/edit.ts'
import { printQuery } from '#lib/filter/print.ts'
import { formatCost } from '#lib/format/cost.ts'
import { formatCount } from '#lib/format/figures.ts'
import { formatTokens } from '#lib/format/tokens.ts'
import type { ModelTotal } from './overview-series.ts'

interface ModelTableProps {
  readonly totals: readonly ModelTotal[]
  readonly project: string
}

/** What each model came to; a row opens its observations. */
export function ModelTable({ totals, project }: ModelTableProps) {
  return (
    <table className="w-full text-12">
      <thead>
        <tr className="h-7 border-b text-left text-text-3">
          <th className="px-3 font-normal">Model</th>
          <th className="px-3 text-right font-normal">Calls</th>
          <th className="px-3 text-right font-normal">Tokens</th>
          <th className="px-3 text-right font-normal">Cost</th>
        </tr>
      </thead>
      <tbody>
        {totals.map(({ model, calls, tokens, cost }) => (
          <tr key={model} className="h-7 border-b last:border-b-0 hover:bg-hover">
            <td className="max-w-80 truncate px-3">
              <Link
                to="/p/$project/observations"
                params={{ project }}
                search={(earlier) => ({ t: earlier.t, env: earlier.env, q: filterOf(model) })}
                className="text-accent hover:underline"
              >
                {model === '' ? 'no model' : model}
              </Link>
            </td>
            <td className="tabular px-3 text-right">{formatCount(calls)}</td>
            <td className="tabular px-3 text-right">{formatTokens(tokens)}</td>
            <td className="tabular px-3 text-right" title={cost === null ? undefined : String(cost)}>
              {formatCost(cost)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const filterOf = (model: string): string =>
  model === '' ? '-model:*' : printQuery(include([], { name: 'model', key: undefined }, model))
