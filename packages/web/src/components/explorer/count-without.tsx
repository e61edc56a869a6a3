import { useQuery } from '@tanstack/react-query'
import { histogramQuery } from '#api/explore.ts'
import { removeAt } from '#lib/filter/edit.ts'
import { lowerQuery } from '#lib/filter/lower.ts'
import { countText } from './count-text.ts'
import type { ExplorerState } from './use-explorer.ts'

interface CountWithoutProps {
  readonly table: ExplorerState
  /** The term that is left out, by its place; undefined for the environments. */
  readonly index: number | undefined
}

/** How many rows there would be without one of the conditions; nothing until it is known. */
export function CountWithout({ table, index }: CountWithoutProps) {
  const { view, query, interval, env, project } = table
  const left = index === undefined ? query : removeAt(query, index)
  const { filters } = lowerQuery(left, { table: view })
  const { data } = useQuery(
    histogramQuery(project.id, view, {
      interval,
      env: index === undefined ? [] : env,
      filter: filters.length === 0 ? undefined : JSON.stringify(filters),
    }),
  )
  if (!data) return null
  return <span className="tabular shrink-0 text-12 text-text-3">{countText(data, view)} without it</span>
}
