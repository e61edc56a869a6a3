import { useNavigate } from '@tanstack/react-router'
import { clsx } from 'clsx'
import { ChevronsUpDown } from 'lucide-react'
import { Button } from '#components/ui/button.tsx'
import { Logo } from '#components/ui/logo.tsx'
import { Menu, MenuChoice, MenuLabel } from '#components/ui/menu.tsx'
import { useProject } from '#project/use-project.ts'

/** The project at hand, and the others. */
export function ProjectSwitcher({ isCollapsed }: { readonly isCollapsed: boolean }) {
  const { project, session } = useProject()
  const navigate = useNavigate()
  const organizations = [...new Set(session.projects.map(({ organization }) => organization.name))]
  return (
    <Menu
      trigger={
        <Button
          kind="quiet"
          className={clsx('min-w-0 flex-1 justify-start', isCollapsed && 'px-1.5')}
          aria-label={`Project ${project.name}`}
        >
          <Logo size={18} />
          <span className={clsx('min-w-0 flex-1 truncate text-left text-text', isCollapsed && 'hidden')}>
            {project.name}
          </span>
          <ChevronsUpDown
            size={14}
            strokeWidth={1.5}
            className={clsx('shrink-0 text-text-3', isCollapsed && 'hidden')}
          />
        </Button>
      }
    >
      {organizations.map((name) => (
        <div key={name}>
          <MenuLabel>{name}</MenuLabel>
          {session.projects
            .filter(({ organization }) => organization.name === name)
            .map((one) => (
              <MenuChoice
                key={one.id}
                isChecked={one.id === project.id}
                onChange={() => navigate({ to: '/p/$project', params: { project: one.id } })}
              >
                {one.name}
              </MenuChoice>
            ))}
        </div>
      ))}
    </Menu>
  )
}
