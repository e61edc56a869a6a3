import type { QueryClient } from '@tanstack/react-query'
import { redirect } from '@tanstack/react-router'
import type { SessionInfoDto } from '@xtrace/contract'
import { ApiError } from '#api/api-error.ts'
import { sessionQuery } from '#api/session.ts'
import { preferences } from '#preferences/preferences.ts'

/** Who is signed in; sends everybody else to sign in and back to `href`. */
export async function requireSession(queryClient: QueryClient, href: string): Promise<SessionInfoDto> {
  try {
    return await queryClient.ensureQueryData(sessionQuery)
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 401) throw error
    const next = href === '/' ? '' : `?next=${encodeURIComponent(href)}`
    throw redirect({ href: `/signin${next}`, reloadDocument: true, replace: true })
  }
}

/** The project that was open last, or the first there is; undefined for somebody without any. */
export async function homeProject(queryClient: QueryClient, href: string): Promise<string | undefined> {
  const { projects } = await requireSession(queryClient, href)
  const { lastProject } = preferences.get()
  return (projects.find(({ id }) => id === lastProject) ?? projects[0])?.id
}
