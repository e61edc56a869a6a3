import { useNavigate } from '@tanstack/react-router'
import { clsx } from 'clsx'
import { ListTree, type LucideIcon, MessagesSquare, Rows3, Workflow } from 'lucide-react'
import { useTaste } from '#features/trace-view/model/taste.ts'
import { useViewName } from '#features/trace-view/model/use-view-name.ts'
import { type TraceViewName, tasteOfView } from '#features/trace-view/model/view-name.ts'
import { useKeys } from '#keys/use-keys.ts'

const VIEWS = [
  { name: 'tree', label: 'Tree', icon: ListTree },
  { name: 'transcript', label: 'Transcript', icon: MessagesSquare },
  { name: 'graph', label: 'Graph', icon: Workflow },
  { name: 'log', label: 'Log', icon: Rows3 },
] as const satisfies readonly { name: TraceViewName; label: string; icon: LucideIcon }[]

/** Four ways to look at the same trace; they share selection, find, level and detail. */
export function ViewTabs() {
  const v = useViewName()
  const [, setTaste] = useTaste()
  const navigate = useNavigate()
  // Whoever gets the address sees the same, whatever they like themselves.
  const open = async (name: TraceViewName) => {
    setTaste(tasteOfView(name))
    await navigate({ to: '.', search: (old) => ({ ...old, v: name }), replace: true })
  }
  useKeys(
    'Trace views',
    VIEWS.map(({ name, label }, index) => ({ keys: String(index + 1), label, run: () => open(name) })),
  )
  return (
    <div role="tablist" aria-label="Views" className="flex h-full shrink-0 items-stretch gap-1">
      {VIEWS.map(({ name, label, icon: Icon }) => (
        <button
          key={name}
          type="button"
          role="tab"
          aria-selected={v === name}
          title={label}
          onClick={() => open(name)}
          className={clsx(
            'flex items-center gap-1.5 border-b-2 px-1.5 font-medium text-12 outline-offset-[-2px]',
            v === name ? 'border-accent text-accent' : 'border-transparent text-text-2 hover:text-text',
          )}
        >
          <Icon size={14} strokeWidth={1.5} aria-hidden />
          <span className="@max-3xl:sr-only">{label}</span>
        </button>
      ))}
    </div>
  )
}
