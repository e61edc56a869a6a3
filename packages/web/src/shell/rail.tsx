import { Link } from '@tanstack/react-router'
import { clsx } from 'clsx'
import { PanelLeftClose, PanelLeftOpen } from 'lucide-react'
import { Button } from '#components/ui/button.tsx'
import { Tooltip } from '#components/ui/tooltip.tsx'
import { showKeys } from '#keys/key-names.ts'
import { setPreferences } from '#preferences/preferences.ts'
import { usePreferences } from '#preferences/use-preferences.ts'
import { useProject } from '#project/use-project.ts'
import { AccountMenu } from './account-menu.tsx'
import { HealthDot } from './health-dot.tsx'
import { NAV, SETTINGS } from './nav.ts'
import { ProjectSwitcher } from './project-switcher.tsx'
import { ThemeButton } from './theme-button.tsx'

/** The left rail: where one is, and where else one can go. Under 768 px it lies along the foot of the page. */
export function Rail() {
  const { isRailCollapsed } = usePreferences()
  return (
    <nav
      aria-label="Main"
      className={clsx(
        'flex shrink-0 bg-canvas max-md:order-last max-md:h-12 max-md:items-center max-md:overflow-x-auto max-md:border-t max-md:px-2 md:flex-col md:border-r',
        isRailCollapsed ? 'md:w-12' : 'md:w-50',
      )}
    >
      <div className="flex h-11 items-center px-2 max-md:hidden">
        <ProjectSwitcher isCollapsed={isRailCollapsed} />
      </div>
      <div className="flex gap-px max-md:flex-1 md:flex-col md:px-2">
        {NAV.map((entry) => (
          <RailLink key={entry.to} entry={entry} isCollapsed={isRailCollapsed} />
        ))}
        <div className="md:my-2 md:border-t" />
        <RailLink entry={SETTINGS} isCollapsed={isRailCollapsed} />
      </div>
      <div className="max-md:hidden md:flex-1" />
      <div className={clsx('flex items-center gap-1 md:p-2', isRailCollapsed && 'md:flex-col')}>
        <AccountMenu />
        <ThemeButton />
        <HealthDot />
        <div className="max-md:hidden md:flex-1" />
        <CollapseButton isCollapsed={isRailCollapsed} />
      </div>
    </nav>
  )
}

function RailLink({ entry, isCollapsed }: { readonly entry: (typeof NAV)[number]; readonly isCollapsed: boolean }) {
  const { project } = useProject()
  const { icon: Icon, label, to, key } = entry
  return (
    <Tooltip text={label} keys={showKeys(`g ${key}`)} side="right">
      <Link
        to={to}
        params={{ project: project.id }}
        activeOptions={{ exact: to === '/p/$project', includeSearch: false }}
        aria-label={label}
        className={clsx(
          'flex h-7 items-center gap-2 rounded-6 px-2 text-text-2 outline-offset-[-2px] hover:bg-hover hover:text-text pointer-coarse:h-11',
          'data-[status=active]:bg-selected data-[status=active]:font-medium data-[status=active]:text-text',
        )}
      >
        <Icon size={16} strokeWidth={1.5} aria-hidden className="shrink-0" />
        <span className={clsx('truncate max-md:hidden', isCollapsed && 'md:hidden')}>{label}</span>
      </Link>
    </Tooltip>
  )
}

function CollapseButton({ isCollapsed }: { readonly isCollapsed: boolean }) {
  const Icon = isCollapsed ? PanelLeftOpen : PanelLeftClose
  const label = isCollapsed ? 'Widen the rail' : 'Narrow the rail'
  return (
    <div className="max-md:hidden">
      <Tooltip text={label} keys="\" side="right">
        <Button
          kind="quiet"
          isIcon
          aria-label={label}
          onClick={() => setPreferences({ isRailCollapsed: !isCollapsed })}
        >
          <Icon size={16} strokeWidth={1.5} />
        </Button>
      </Tooltip>
    </div>
  )
}
