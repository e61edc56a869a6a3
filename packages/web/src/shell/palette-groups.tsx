/** What the palette offers beside the pages: things by id, what was opened last, and what can be done here. */
import { useNavigate } from '@tanstack/react-router'
import { Command } from 'cmdk'
import { Activity, type LucideIcon, MessagesSquare, Search, UserRound } from 'lucide-react'
import { useSyncExternalStore } from 'react'
import { findPlace } from '#api/permalink.ts'
import { Kbd } from '#components/ui/kbd.tsx'
import { showToast } from '#components/ui/toast.tsx'
import { showKeys } from '#keys/key-names.ts'
import { keyRegistry } from '#keys/registry.ts'
import { targetOf } from '#lib/filter/paste.ts'
import { useProject } from '#project/use-project.ts'
import { actionsOf } from './actions.ts'
import { useRecents } from './use-recents.ts'

export const ITEM =
  'flex h-8 cursor-default select-none items-center gap-2 rounded-4 px-2 data-[selected=true]:bg-hover [&_svg]:shrink-0 [&_svg]:text-text-3'

/** Long enough and with a digit: a word that is searched for is not offered as an id. */
const ID = /^(?=.*\d)[\w.:-]{8,}$/

interface GroupProps {
  /** Closes the palette and then does it. */
  run(act: () => unknown): () => void
}

interface TypedProps extends GroupProps {
  readonly typed: string
}

/** What has a typed id or address. */
export function OpenGroup({ typed, run }: TypedProps) {
  const navigate = useNavigate()
  const { project } = useProject()
  const text = typed.trim()
  const target = targetOf(text)
  if (!target && !ID.test(text)) return null
  const openTrace = (trace: string, node: string | undefined) =>
    navigate({
      to: '/p/$project/traces/$trace',
      params: { project: project.id, trace },
      search: node ? { node } : {},
    })
  const open = async () => {
    if (target?.kind === 'trace') return await openTrace(target.traceId, target.node)
    try {
      const place = await findPlace(project.id, text)
      if (place) return await openTrace(place.trace, place.node)
      showToast({ text: `No trace or observation ${text} in ${project.name}`, tone: 'error' })
    } catch (error) {
      showToast({ text: error instanceof Error ? error.message : String(error), tone: 'error' })
    }
  }
  return (
    <Command.Group heading="Open" forceMount>
      <Item icon={Activity} value={`open ${text}`} onSelect={run(open)}>
        Trace or observation <span className="mono truncate">{target?.kind === 'trace' ? target.traceId : text}</span>
      </Item>
    </Command.Group>
  )
}

const LISTS = [
  { to: '/p/$project/traces', icon: Search, named: (text: string) => `Traces with “${text}”` },
  { to: '/p/$project/sessions', icon: MessagesSquare, named: (text: string) => `Sessions with “${text}” in their id` },
  { to: '/p/$project/users', icon: UserRound, named: (text: string) => `Users with “${text}” in their id` },
] as const

/** Lists in which what was typed can be looked for. */
export function SearchGroup({ typed, run }: TypedProps) {
  const navigate = useNavigate()
  const { project } = useProject()
  const text = typed.trim()
  if (text === '') return null
  return (
    <Command.Group heading="Look for" forceMount>
      {LISTS.map(({ to, icon, named }) => (
        <Item
          key={to}
          icon={icon}
          // Ranked below everything that has what was typed in its name.
          value={`look for in ${to}`}
          onSelect={run(() => navigate({ to, params: { project: project.id }, search: { q: text } }))}
        >
          <span className="truncate">{named(text)}</span>
        </Item>
      ))}
    </Command.Group>
  )
}

interface ItemProps {
  readonly icon: LucideIcon
  readonly value: string
  onSelect(): void
  readonly children: React.ReactNode
}

/** Offered whatever is typed. */
function Item({ icon: Icon, value, onSelect, children }: ItemProps) {
  return (
    <Command.Item forceMount value={value} className={ITEM} onSelect={onSelect}>
      <Icon size={16} strokeWidth={1.5} aria-hidden />
      {children}
    </Command.Item>
  )
}

export function RecentGroup({ run }: GroupProps) {
  const navigate = useNavigate()
  const { project } = useProject()
  const recents = useRecents(project.id)
  if (recents.length === 0) return null
  return (
    <Command.Group heading="Opened last">
      {recents.map(({ path, title }) => (
        <Command.Item
          key={path}
          value={`recent ${title} ${path}`}
          className={ITEM}
          onSelect={run(() => navigate({ href: path }))}
        >
          <span className="truncate">{title}</span>
        </Command.Item>
      ))}
    </Command.Group>
  )
}

/** Every key of the page and of all pages, for those who do not know it yet. */
export function ActionGroup({ run }: GroupProps) {
  const scopes = useSyncExternalStore(keyRegistry.subscribe, keyRegistry.scopes)
  return (
    <Command.Group heading="Do here">
      {actionsOf(scopes).map(({ label, keys, binding }) => (
        <Command.Item
          key={label}
          value={`do ${label}`}
          className={ITEM}
          onSelect={run(() => binding.run(new KeyboardEvent('keydown')))}
        >
          <span className="flex-1 truncate">{label}</span>
          {keys.map((one) => (
            <Kbd key={one}>{showKeys(one)}</Kbd>
          ))}
        </Command.Item>
      ))}
    </Command.Group>
  )
}
