import { getRouteApi } from '@tanstack/react-router'
import type { SessionInfoDto, UiProjectDto } from '@xtrace/contract'

const route = getRouteApi('/p/$project')

/** The project of the page, and who looks at it. Only below `/p/$project`. */
export function useProject(): { readonly project: UiProjectDto; readonly session: SessionInfoDto } {
  const { project, session } = route.useRouteContext()
  return { project, session }
}
