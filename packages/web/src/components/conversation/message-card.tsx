import { clsx } from 'clsx'
import { Bot, CircleUserRound, type LucideIcon, MessageSquareCode, ScrollText, Wrench } from 'lucide-react'
import { useFold, useWantedText } from '#components/find/find-context.ts'
import type { Message, Role } from '#lib/chat/chat.ts'
import { holdsParts } from '#lib/chat/holds-text.ts'
import type { Pairing } from '#lib/chat/pairing.ts'
import { firstLine } from './message-facts.ts'
import { PartView } from './part-view.tsx'

const ICONS: Record<Role, LucideIcon> = {
  system: ScrollText,
  user: CircleUserRound,
  assistant: Bot,
  tool: Wrench,
  other: MessageSquareCode,
}

export interface MessageCardProps {
  readonly message: Message
  readonly pairing: Pairing
  readonly isLast: boolean
  /** Only its first line, until it is opened. */
  readonly isFolded?: boolean
}

/** One message: who speaks, and what. */
export function MessageCard({ message, pairing, isLast, isFolded = false }: MessageCardProps) {
  const { role, rawRole, name, parts } = message
  const [isOpen, setOpen] = useFold(!isFolded, holdsParts(parts, useWantedText()))
  const Icon = ICONS[role]
  const label = rawRole || role
  return (
    <article aria-label={label} className={clsx('flex flex-col gap-1 py-2', role === 'user' && 'bg-canvas')}>
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
        className="flex h-5 min-w-0 pointer-coarse:h-6 items-center gap-1.5 px-3 text-left text-12"
      >
        <Icon size={14} strokeWidth={1.5} className="shrink-0 text-text-3" aria-hidden />
        <span className="shrink-0 font-medium text-text-2">{label}</span>
        {name ? <span className="shrink-0 text-text-3">{name}</span> : null}
        {isOpen ? null : <span className="truncate text-text-3">{firstLine(message)}</span>}
      </button>
      {isOpen ? (
        <div className="flex flex-col gap-2 pr-3 pl-8">
          {parts.length === 0 ? <p className="text-12 text-text-3">empty</p> : null}
          {parts.map((part, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: parts are their places
            <PartView key={index} part={part} pairing={pairing} isLast={isLast} />
          ))}
        </div>
      ) : null}
    </article>
  )
}
