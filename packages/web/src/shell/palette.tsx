import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Command } from 'cmdk'
import { Moon, PanelLeft, RefreshCw, Search } from 'lucide-react'
import { useState } from 'react'
import { preferences, setPreferences } from '#preferences/preferences.ts'
import { toggleTheme } from '#preferences/theme.ts'
import { useProject } from '#project/use-project.ts'
import { useStore } from '#store/use-store.ts'
import { paletteOpen } from './layers.ts'
import { NAV, SETTINGS } from './nav.ts'

const ITEM =
  'flex h-8 cursor-default select-none items-center gap-2 rounded-4 px-2 data-[selected=true]:bg-hover [&_svg]:text-text-3'
/** Long enough and with a digit: a word that is searched for is not offered as an id. */
const ID = /^(?=.*\d)[\w.:-]{8,}$/

/** Go anywhere, open an id, do what has no button at hand. */
export function Palette() {
  const isOpen = useStore(paletteOpen)
  const [typed, setTyped] = useState('')
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const { project, session } = useProject()
  const params = { project: project.id }
  const run = (act: () => unknown) => () => {
    paletteOpen.set(false)
    setTyped('')
    act()
  }
  const id = typed.trim()
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
        {ID.test(id) ? (
          <Command.Group heading="Open" forceMount>
            <Command.Item
              forceMount
              value={`open ${id}`}
              className={ITEM}
              onSelect={run(() => navigate({ to: '/p/$project/traces/$trace', params: { ...params, trace: id } }))}
            >
              Trace <span className="mono">{id}</span>
            </Command.Item>
          </Command.Group>
        ) : null}
        <Command.Group heading="Go to">
          {[...NAV, SETTINGS].map(({ to, label, icon: Icon }) => (
            <Command.Item key={to} className={ITEM} onSelect={run(() => navigate({ to, params }))}>
              <Icon size={16} strokeWidth={1.5} aria-hidden />
              {label}
            </Command.Item>
          ))}
        </Command.Group>
        <Command.Group heading="Do">
          <Command.Item className={ITEM} onSelect={run(toggleTheme)}>
            <Moon size={16} strokeWidth={1.5} aria-hidden />
            Light or dark theme
          </Command.Item>
          <Command.Item className={ITEM} onSelect={run(() => queryClient.invalidateQueries())}>
            <RefreshCw size={16} strokeWidth={1.5} aria-hidden />
            Refresh
          </Command.Item>
          <Command.Item
            className={ITEM}
            onSelect={run(() => setPreferences({ isRailCollapsed: !preferences.get().isRailCollapsed }))}
          >
            <PanelLeft size={16} strokeWidth={1.5} aria-hidden />
            Narrow or widen the rail
          </Command.Item>
        </Command.Group>
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
      </Command.List>
    </Command.Dialog>
  )
}
