import { queryOptions } from '@tanstack/react-query'
import { ModelDto, ModelsDto } from '@xtrace/contract'
import { z } from 'zod'
import { call } from './client.ts'
import { publicPath } from './paths.ts'

const PAGE = 100

/** All models that the project can be charged by, its own and those built in. */
export const modelsQuery = (project: string) =>
  queryOptions({
    queryKey: ['models', project],
    queryFn: async ({ signal }) => {
      const models: ModelDto[] = []
      for (let page = 1, pages = 1; page <= pages; page++) {
        const query = { page, limit: PAGE }
        const { data, meta } = await call(publicPath(project, 'models'), { query, answer: ModelsDto, signal })
        models.push(...data)
        pages = meta.totalPages
      }
      return models
    },
  })

/** `body` as of POST /models of the public API. */
export const createModel = (project: string, body: object) =>
  call(publicPath(project, 'models'), { method: 'POST', body, answer: ModelDto })

export const deleteModel = (project: string, id: string) =>
  call(publicPath(project, 'models', id), { method: 'DELETE', answer: z.unknown() })
