import { useLocation } from '@tanstack/react-router'
import { useEffect } from 'react'
import { preferences, setPreferences } from '#preferences/preferences.ts'
import { usePreferences } from '#preferences/use-preferences.ts'
import { projectOfOpened, type Recent, Recents, withRecent } from './recents.ts'

const nameOf = (project: string) => `shell.recents.${project}`

/** What was opened last in the project, without the page that is open. */
export function useRecents(project: string): readonly Recent[] {
  const { other } = usePreferences()
  const { pathname } = useLocation()
  return Recents.parse(other[nameOf(project)]).filter(({ path }) => path !== pathname)
}

/** Keeps each trace, session and user that is opened, by the title that its page had when it was left. */
export function useKeepRecents(): void {
  const { pathname } = useLocation()
  useEffect(() => {
    const keep = () => remember(pathname)
    addEventListener('pagehide', keep)
    return () => {
      removeEventListener('pagehide', keep)
      keep()
    }
  }, [pathname])
}

function remember(path: string): void {
  const project = projectOfOpened(path)
  if (project === undefined) return
  const title = document.title.replace(/ · xtrace$/, '')
  const { other } = preferences.get()
  const recents = withRecent(Recents.parse(other[nameOf(project)]), { path, title })
  setPreferences({ other: { ...other, [nameOf(project)]: recents } })
}
