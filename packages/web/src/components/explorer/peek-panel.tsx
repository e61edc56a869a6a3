import { ChevronDown, ChevronUp, Maximize2, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from '#components/ui/button.tsx'
import { useKeys } from '#keys/use-keys.ts'
import { UNKNOWN } from '#lib/format/digits.ts'

interface PeekPanelProps {
  /** What is peeked at, for readers. */
  readonly label: string
  readonly title: ReactNode
  /** Undefined until it is known where the page lies. */
  readonly onOpen: (() => void) | undefined
  onClose(): void
  /** Undefined where there is no row further up or down. */
  readonly onUp: (() => void) | undefined
  readonly onDown: (() => void) | undefined
  readonly children: ReactNode
}

/** A look at one row beside the table, which stays in use. */
export function PeekPanel({ label, title, onOpen, onClose, onUp, onDown, children }: PeekPanelProps) {
  useKeys('Peek', [{ keys: 'Escape', label: 'Close the peek', run: onClose }])
  return (
    <aside
      aria-label={label}
      className="absolute inset-y-0 right-0 z-20 flex w-full max-w-160 flex-col border-l bg-surface shadow-popover lg:static lg:w-[clamp(480px,50%,960px)] lg:max-w-none lg:shrink-0 lg:shadow-none"
    >
      <header className="flex h-10 shrink-0 items-center gap-1 border-b pr-2 pl-3">
        <h2 className="flex min-w-0 flex-1 items-center gap-2 truncate font-semibold">{title}</h2>
        <Button kind="quiet" isIcon aria-label="Row before" title="Row before (K)" disabled={!onUp} onClick={onUp}>
          <ChevronUp size={16} strokeWidth={1.5} />
        </Button>
        <Button kind="quiet" isIcon aria-label="Next row" title="Next row (J)" disabled={!onDown} onClick={onDown}>
          <ChevronDown size={16} strokeWidth={1.5} />
        </Button>
        <Button
          kind="quiet"
          isIcon
          aria-label="Open the page"
          title="Open the page (Enter)"
          disabled={!onOpen}
          onClick={onOpen}
        >
          <Maximize2 size={16} strokeWidth={1.5} />
        </Button>
        <Button kind="quiet" isIcon aria-label="Close" title="Close (Esc)" onClick={onClose}>
          <X size={16} strokeWidth={1.5} />
        </Button>
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto">{children}</div>
    </aside>
  )
}

/** Facts by their label; those that are not known are left out. */
export function Facts({ facts }: { readonly facts: Readonly<Record<string, ReactNode>> }) {
  return (
    <dl className="flex flex-wrap gap-x-6 gap-y-2 border-b px-3 py-2.5 text-12">
      {Object.entries(facts).map(([label, value]) =>
        value === null || value === undefined || value === '' || value === UNKNOWN ? null : (
          <div key={label} className="flex min-w-0 flex-col">
            <dt className="label">{label}</dt>
            <dd className="tabular break-words">{value}</dd>
          </div>
        ),
      )}
    </dl>
  )
}
