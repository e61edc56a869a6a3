import { queryOptions } from '@tanstack/react-query'
import { ModelDto } from '@xtrace/contract'
import { call, publicPath } from './client.ts'

/** A model with its prices and their tiers; `id` undefined asks nothing. */
export const modelQuery = (project: string, id: string | undefined) =>
  queryOptions({
    queryKey: ['model', project, id],
    enabled: id !== undefined,
    staleTime: 5 * 60_000,
    queryFn: async ({ signal }) => await call(publicPath(project, 'models', id ?? ''), { answer: ModelDto, signal }),
  })
