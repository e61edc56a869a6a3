import { ChevronDown, ChevronUp, Maximize2, X } from 'lucide-react'
import { type ReactNode, type RefObject, useLayoutEffect, useRef } from 'react'
import { Button } from '#components/ui/button.tsx'
import { KeyArea } from '#keys/key-area.ts'
import { useKeys } from '#keys/use-keys.ts'
import { UNKNOWN } from '#lib/format/digits.ts'

interface PeekPanelProps {
  /** What is shown: another is drawn anew. */
  readonly id: string
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

/** A look at one row beside the table, which stays in use. What is in it has its keys while the focus is there. */
export function PeekPanel({ id, label, title, onOpen, onClose, onUp, onDown, children }: PeekPanelProps) {
  const panel = useRef<HTMLElement>(null)
  useReturnedFocus(panel)
  const cross = () => {
    const { current } = panel
    const other = isIn(current) ? tableBeside(current) : rowsIn(current)
    other?.focus({ preventScroll: true })
  }
  useKeys('Peek', [
    { keys: 'Escape', label: 'Close the peek', run: onClose },
    { keys: 'i', label: 'Into the peek, and back to the rows', run: cross },
    { keys: '[', label: 'Peek at the row before', run: () => onUp?.() },
    { keys: ']', label: 'Peek at the next row', run: () => onDown?.() },
  ])
  return (
    <aside
      ref={panel}
      aria-label={label}
      tabIndex={-1}
      className="fixed inset-0 z-30 flex flex-col border-l bg-surface shadow-popover outline-offset-[-2px] md:absolute md:inset-y-0 md:right-0 md:left-auto md:z-20 md:w-full md:max-w-160 lg:static lg:w-[clamp(480px,50%,960px)] lg:max-w-none lg:shrink-0 lg:shadow-none"
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
      <KeyArea value={panel}>
        <PeekContent key={id} panel={panel}>
          {children}
        </PeekContent>
      </KeyArea>
    </aside>
  )
}

interface PeekContentProps {
  readonly panel: RefObject<HTMLElement | null>
  readonly children: ReactNode
}

/** Where the focus was in what gives way to another row, it stays in the peek. */
function PeekContent({ panel, children }: PeekContentProps) {
  const content = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const { current } = content
    return () => {
      if (isIn(current)) panel.current?.focus({ preventScroll: true })
    }
  }, [panel])
  return (
    <div ref={content} className="flex min-h-0 flex-1 flex-col overflow-y-auto">
      {children}
    </div>
  )
}

const isIn = (part: HTMLElement | null): boolean => part?.contains(document.activeElement) ?? false

/** Where keys begin in a peek: in the rows of its trace, once they are there. */
const rowsIn = (panel: HTMLElement | null) => panel?.querySelector<HTMLElement>('[role="tree"]') ?? panel

const tableBeside = (panel: HTMLElement | null) => panel?.parentElement?.querySelector<HTMLElement>('[role="grid"]')

/** Gives the focus back to the table when the peek that had it is closed. */
function useReturnedFocus(panel: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const { current } = panel
    return () => {
      if (isIn(current)) tableBeside(current)?.focus({ preventScroll: true })
    }
  }, [panel])
}

/** Facts by their label; those that are not known are left out. */
export function Facts({ facts }: { readonly facts: Readonly<Record<string, ReactNode>> }) {
  return (
    <dl className="flex shrink-0 flex-wrap gap-x-4 gap-y-1 border-b px-3 py-2 text-12">
      {Object.entries(facts).map(([label, value]) =>
        value === null || value === undefined || value === '' || value === UNKNOWN ? null : (
          <div key={label} className="flex min-w-0 items-baseline gap-1.5">
            <dt className="shrink-0 text-11 text-text-3">{label}</dt>
            <dd className="tabular min-w-0 break-words">{value}</dd>
          </div>
        ),
      )}
    </dl>
  )
}
