import { queryOptions } from '@tanstack/react-query'
import { z } from 'zod'
import { call, publicPath } from './client.ts'

/** Anything of the public API, as it answers. */
export const publicQuery = (project: string, ...parts: readonly string[]) =>
  queryOptions({
    queryKey: ['public', project, ...parts],
    queryFn: async ({ signal }) => await call(publicPath(project, ...parts), { answer: z.unknown(), signal }),
  })
