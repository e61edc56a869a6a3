import { Link, useMatches } from '@tanstack/react-router'
import { ChevronRight } from 'lucide-react'
import { formatId } from '#lib/format/id.ts'
import { useProject } from '#project/use-project.ts'
import { NAV, SETTINGS } from './nav.ts'

const EXTRA: Record<string, string> = { compare: 'Compare', welcome: 'Welcome' }

/** Project, list and, below a list, what is open of it. */
export function Breadcrumb() {
  const { project } = useProject()
  const leaf = useMatches({ select: (matches) => matches.at(-1)?.pathname ?? '' })
  const [section = '', id] = leaf.split('/').slice(3)
  const entry = [...NAV, SETTINGS].find(({ to }) => to === `/p/$project/${section}`)
  const label = entry?.label ?? EXTRA[section] ?? 'Home'
  return (
    <nav aria-label="Breadcrumb" className="flex min-w-0 items-center gap-1 text-text-2">
      {entry && id !== undefined && id !== '' ? (
        <>
          <Link to={entry.to} params={{ project: project.id }} className="py-0.5 hover:text-text hover:underline">
            {label}
          </Link>
          <ChevronRight size={14} strokeWidth={1.5} aria-hidden className="shrink-0 text-text-3" />
          <span aria-current="page" className="truncate font-medium text-text">
            {section === 'settings' ? id.charAt(0).toUpperCase() + id.slice(1) : formatId(decodeURIComponent(id))}
          </span>
        </>
      ) : (
        <span aria-current="page" className="truncate font-medium text-text">
          {label}
        </span>
      )}
    </nav>
  )
}
