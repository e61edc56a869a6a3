import { queryOptions } from '@tanstack/react-query'
import { TraceListDto } from '@xtrace/contract'
import { call } from './client.ts'
import { projectPath } from './paths.ts'

const EVERY_MS = 1500
const WINDOW_MS = 30 * 24 * 60 * 60 * 1000

/** The newest trace of the last 30 days, looked for again and again; null while there is none. */
export const newestTraceQuery = (project: string) =>
  queryOptions({
    queryKey: ['newest-trace', project],
    queryFn: async ({ signal }) => {
      const from = new Date(Date.now() - WINDOW_MS).toISOString()
      const query = { from, limit: 1 }
      const { rows } = await call(projectPath(project, 'explore', 'traces'), { query, answer: TraceListDto, signal })
      return rows[0] ?? null
    },
    refetchInterval: EVERY_MS,
  })
