import { useNavigate } from '@tanstack/react-router'
import { BookOpen, Keyboard, LogOut, Settings2, UserRound } from 'lucide-react'
import { signOut } from '#api/session.ts'
import { Button } from '#components/ui/button.tsx'
import { Menu, MenuItem, MenuLabel, MenuLine } from '#components/ui/menu.tsx'
import { showToast } from '#components/ui/toast.tsx'
import { useProject } from '#project/use-project.ts'
import { keysSheetOpen } from './layers.ts'

/** Who is signed in, and the way out. */
export function AccountMenu() {
  const { session, project } = useProject()
  const navigate = useNavigate()
  const leave = async () => {
    try {
      await signOut()
    } catch (error) {
      showToast({ text: error instanceof Error ? error.message : String(error), tone: 'error' })
      return
    }
    // A new document: nothing that was read stays in this one.
    location.assign('/signin')
  }
  return (
    <Menu
      side="right"
      trigger={
        <Button kind="quiet" isIcon aria-label="Account">
          <UserRound size={16} strokeWidth={1.5} />
        </Button>
      }
    >
      <MenuLabel>{session.user ? `${session.user.name}, ${session.user.email}` : 'Signed in with the token'}</MenuLabel>
      <MenuItem
        icon={UserRound}
        onSelect={() => navigate({ to: '/p/$project/settings/account', params: { project: project.id } })}
      >
        Account
      </MenuItem>
      <MenuItem
        icon={Settings2}
        onSelect={() => navigate({ to: '/p/$project/settings/appearance', params: { project: project.id } })}
      >
        Appearance
      </MenuItem>
      <MenuItem icon={Keyboard} keys="?" onSelect={() => keysSheetOpen.set(true)}>
        Keys
      </MenuItem>
      <MenuItem icon={BookOpen} onSelect={() => window.open('/docs', '_blank', 'noopener')}>
        API reference
      </MenuItem>
      <MenuLine />
      <MenuItem icon={LogOut} onSelect={leave}>
        Sign out
      </MenuItem>
    </Menu>
  )
}
