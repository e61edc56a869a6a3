import { useNavigate } from '@tanstack/react-router'
import { Command } from 'cmdk'
import { Search } from 'lucide-react'
import { useState } from 'react'
import { useProject } from '#project/use-project.ts'
import { useStore } from '#store/use-store.ts'
import { paletteOpen } from './layers.ts'
import { NAV, SETTINGS } from './nav.ts'
import { ActionGroup, ITEM, OpenGroup, RecentGroup, SearchGroup } from './palette-groups.tsx'

/** Go anywhere, open an id, do what the page can do. */
export function Palette() {
  const isOpen = useStore(paletteOpen)
  const [typed, setTyped] = useState('')
  const navigate = useNavigate()
  const { project, session } = useProject()
  const params = { project: project.id }
  const run = (act: () => unknown) => () => {
    paletteOpen.set(false)
    setTyped('')
    afterFocusIsBack(act)
  }
  return (
    <Command.Dialog
      open={isOpen}
      onOpenChange={paletteOpen.set}
      label="Search and act"
      overlayClassName="fixed inset-0 z-40 bg-veil"
      contentClassName="fixed top-[12vh] left-1/2 z-50 w-[calc(100vw-32px)] max-w-140 -translate-x-1/2 animate-appear overflow-hidden rounded-8 border bg-surface shadow-popover"
    >
      <div className="flex items-center gap-2 border-b px-3">
        <Search size={16} strokeWidth={1.5} className="shrink-0 text-text-3" aria-hidden />
        <Command.Input
          value={typed}
          onValueChange={setTyped}
          placeholder="Go to a page, open an id, do something"
          className="h-11 flex-1 bg-transparent text-14 outline-none"
        />
      </div>
      <Command.List className="max-h-[50vh] overflow-y-auto p-2 [&_[cmdk-group-heading]]:label [&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:py-1">
        <Command.Empty className="px-2 py-6 text-center text-text-2">Nothing of that name</Command.Empty>
        <OpenGroup typed={typed} run={run} />
        <RecentGroup run={run} />
        <Command.Group heading="Go to">
          {[...NAV, SETTINGS].map(({ to, label, icon: Icon }) => (
            <Command.Item key={to} className={ITEM} onSelect={run(() => navigate({ to, params }))}>
              <Icon size={16} strokeWidth={1.5} aria-hidden />
              {label}
            </Command.Item>
          ))}
        </Command.Group>
        <ActionGroup run={run} />
        {session.projects.length > 1 ? (
          <Command.Group heading="Projects">
            {session.projects.map(({ id: other, name }) => (
              <Command.Item
                key={other}
                value={`project ${name} ${other}`}
                className={ITEM}
                onSelect={run(() => navigate({ to: '/p/$project', params: { project: other } }))}
              >
                {name}
              </Command.Item>
            ))}
          </Command.Group>
        ) : null}
        <SearchGroup typed={typed} run={run} />
      </Command.List>
    </Command.Dialog>
  )
}

/** The closing dialog gives the focus back in a task of its own; what is done may move it again. */
const afterFocusIsBack = (act: () => unknown) => requestAnimationFrame(() => setTimeout(act))
