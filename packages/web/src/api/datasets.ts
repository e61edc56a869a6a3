import { queryOptions } from '@tanstack/react-query'
import { DatasetDto, DatasetItemDto, DatasetsDto } from '@xtrace/contract'
import { call } from './client.ts'
import { publicPath } from './paths.ts'

const PAGE = 100

/** The names of all datasets of the project. */
export const datasetNamesQuery = (project: string) =>
  queryOptions({
    queryKey: ['datasets', project, 'names'],
    staleTime: 30_000,
    queryFn: async ({ signal }) => {
      const names: string[] = []
      for (let page = 1, pages = 1; page <= pages; page++) {
        const query = { page, limit: PAGE }
        const { data, meta } = await call(publicPath(project, 'v2', 'datasets'), { query, answer: DatasetsDto, signal })
        names.push(...data.map(({ name }) => name))
        pages = meta.totalPages
      }
      return names
    },
  })

export async function createDataset(project: string, name: string): Promise<void> {
  await call(publicPath(project, 'v2', 'datasets'), { method: 'POST', body: { name }, answer: DatasetDto })
}

/** `itemText` is the JSON of a CreateDatasetItemBody, as text so that no number of a payload is rounded. Gives its id. */
export async function addDatasetItem(project: string, itemText: string): Promise<string> {
  const path = publicPath(project, 'dataset-items')
  return (await call(path, { method: 'POST', bodyText: itemText, answer: DatasetItemDto })).id
}
