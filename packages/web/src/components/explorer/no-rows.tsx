import { Link } from '@tanstack/react-router'
import { X } from 'lucide-react'
import { EmptyState } from '#components/empty-state/empty-state.tsx'
import { Button, buttonLook } from '#components/ui/button.tsx'
import { removeAt } from '#lib/filter/edit.ts'
import { printTerm } from '#lib/filter/print.ts'
import { CountWithout } from './count-without.tsx'
import type { ExplorerState } from './use-explorer.ts'

/** Nothing matches: the terms, each to be let go of; or nothing was sent in this time. */
export function NoRows({ table }: { readonly table: ExplorerState }) {
  const { view, query, setQuery, setSearch, project, env } = table
  if (query.length === 0 && env.length === 0)
    return (
      <EmptyState
        title={`No ${view} in this time range`}
        text="Look further back, or send a first trace from your program."
      >
        <div className="flex gap-2">
          <Button onClick={() => setSearch({ t: '90d' })}>Last 90 days</Button>
          <Link to="/p/$project/welcome" params={{ project: project.id }} className={buttonLook()}>
            Send a trace
          </Link>
        </div>
      </EmptyState>
    )
  return (
    <EmptyState title={`No ${view} match`} text="Let go of a condition, or choose a longer time range at the top.">
      <ul className="flex flex-col gap-2">
        {query.map((term, index) => {
          const text = printTerm(term)
          return (
            <li key={text} className="flex items-center gap-2">
              <Button onClick={() => setQuery(removeAt(query, index))} aria-label={`Remove ${text}`}>
                <span className="mono max-w-80 truncate">{text}</span>
                <X size={14} strokeWidth={1.5} />
              </Button>
              <CountWithout table={table} index={index} />
            </li>
          )
        })}
        {env.length > 0 ? (
          <li className="flex items-center gap-2">
            <Button onClick={() => setSearch({ env: [] })}>
              <span className="mono max-w-80 truncate">environment {env.join(', ')}</span>
              <X size={14} strokeWidth={1.5} />
            </Button>
            <CountWithout table={table} index={undefined} />
          </li>
        ) : null}
      </ul>
    </EmptyState>
  )
}
