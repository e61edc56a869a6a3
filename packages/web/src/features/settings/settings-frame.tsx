import { Link, Outlet } from '@tanstack/react-router'
import { Page } from '#components/page/page.tsx'
import { useProject } from '#project/use-project.ts'

const PAGES = [
  { to: '/p/$project/settings/general', label: 'General' },
  { to: '/p/$project/settings/keys', label: 'API keys' },
  { to: '/p/$project/settings/members', label: 'Members' },
  { to: '/p/$project/settings/models', label: 'Models' },
  { to: '/p/$project/settings/account', label: 'Account' },
  { to: '/p/$project/settings/appearance', label: 'Appearance' },
] as const

const SYSTEM = { to: '/p/$project/settings/system', label: 'System' } as const

/** The settings of the project, of the viewer and, for operators, of the process. */
export function SettingsFrame() {
  const { project, session } = useProject()
  const pages = session.isOperator ? [...PAGES, SYSTEM] : PAGES
  return (
    <Page title="Settings" scrolls>
      <div className="flex gap-8 p-6 max-md:flex-col max-md:p-4">
        <nav aria-label="Settings" className="flex shrink-0 gap-px max-md:flex-wrap md:w-40 md:flex-col">
          {pages.map(({ to, label }) => (
            <Link
              key={to}
              to={to}
              params={{ project: project.id }}
              activeOptions={{ includeSearch: false }}
              className="flex h-7 items-center whitespace-nowrap rounded-6 px-2 text-text-2 hover:bg-hover hover:text-text data-[status=active]:bg-selected data-[status=active]:font-medium data-[status=active]:text-text"
            >
              {label}
            </Link>
          ))}
        </nav>
        <div className="min-w-0 max-w-200 flex-1">
          <Outlet />
        </div>
      </div>
    </Page>
  )
}
