import { queryOptions } from '@tanstack/react-query'
import { type ExploredView, SavedViewDto, SavedViewsDto, type SaveViewBody } from '@xtrace/contract'
import { z } from 'zod'
import { call } from './client.ts'
import { projectPath } from './paths.ts'

/** The views that the project has saved, of both tables. */
export const viewsQuery = (project: string) =>
  queryOptions({
    queryKey: ['views', project],
    staleTime: 60_000,
    queryFn: async ({ signal }) => await call(projectPath(project, 'views'), { answer: SavedViewsDto, signal }),
  })

export async function saveView(
  project: string,
  view: { readonly table: ExploredView; readonly name: string; readonly state: Readonly<Record<string, string>> },
): Promise<SavedViewDto> {
  const body: SaveViewBody = { ...view, state: { ...view.state } }
  return await call(projectPath(project, 'views'), { method: 'POST', body, answer: SavedViewDto })
}

export async function deleteView(project: string, view: string): Promise<void> {
  await call(projectPath(project, 'views', view), { method: 'DELETE', answer: z.unknown() })
}
