import { clsx } from 'clsx'
import { ArrowUp, Radio, X } from 'lucide-react'
import { useAnnounced } from '#components/ui/announcer.tsx'
import { Button } from '#components/ui/button.tsx'
import { useKeys } from '#keys/use-keys.ts'
import { Note } from './note.tsx'

interface LiveToggleProps {
  readonly isOn: boolean
  /** Why it cannot be switched on. */
  readonly obstacle: string | undefined
  onToggle(): void
}

/** Rows come in by themselves. */
export function LiveToggle({ isOn, obstacle, onToggle }: LiveToggleProps) {
  useKeys('Table', [{ keys: 'l', label: 'Live', run: () => (obstacle === undefined ? onToggle() : undefined) }])
  return (
    <Button
      aria-pressed={isOn}
      disabled={obstacle !== undefined}
      title={obstacle ?? (isOn ? 'Rows come in by themselves (L)' : 'Let rows come in by themselves (L)')}
      onClick={onToggle}
      className={clsx(isOn && 'border-accent text-accent')}
    >
      <Radio size={16} strokeWidth={1.5} />
      Live
    </Button>
  )
}

/** Rows that wait, over the table. */
export function HeldPill({ count, onLetIn }: { readonly count: number; onLetIn(): void }) {
  useAnnounced('new rows', count === 0 ? '' : `${count} new rows`)
  if (count === 0) return null
  return (
    <div className="pointer-events-none absolute inset-x-0 top-9 z-20 flex justify-center">
      <Button kind="primary" className="pointer-events-auto rounded-8 shadow-popover" onClick={onLetIn}>
        <ArrowUp size={14} strokeWidth={1.5} />
        {count} new
      </Button>
    </div>
  )
}

/** What a live list missed and has read anew. */
export function GapNote({ text, onClose }: { readonly text: string | undefined; onClose(): void }) {
  if (text === undefined) return null
  return (
    <Note text={text}>
      <Button kind="quiet" isIcon aria-label="Close" onClick={onClose}>
        <X size={14} strokeWidth={1.5} />
      </Button>
    </Note>
  )
}
