import { queryOptions } from '@tanstack/react-query'
import { SuggestionsDto } from '@xtrace/contract'
import { call } from './client.ts'
import { projectPath } from './paths.ts'

const WINDOW_MS = 30 * 24 * 60 * 60 * 1000
const STALE_MS = 5 * 60_000

/** The environments that traces of the last 30 days name, the most frequent first. */
export const environmentsQuery = (project: string) =>
  queryOptions({
    queryKey: ['environments', project],
    staleTime: STALE_MS,
    queryFn: async ({ signal }) => {
      const from = new Date(Date.now() - WINDOW_MS).toISOString()
      const path = projectPath(project, 'explore', 'traces', 'suggest')
      const { values } = await call(path, { query: { from, field: 'environment' }, answer: SuggestionsDto, signal })
      return values.map(({ value }) => value)
    },
  })
