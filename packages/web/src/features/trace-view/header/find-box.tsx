import { useNavigate } from '@tanstack/react-router'
import { ChevronDown, ChevronUp, Search } from 'lucide-react'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useAnnounced } from '#components/ui/announcer.tsx'
import { Button } from '#components/ui/button.tsx'
import { selectedNode } from '#features/trace-view/model/tree-state.ts'
import type { Found } from '#features/trace-view/model/use-find.ts'
import { useTraceSearch } from '#features/trace-view/model/use-trace-search.ts'
import { useShown, useTraceContext } from '#features/trace-view/model/use-trace-view.ts'
import { useKeys } from '#keys/use-keys.ts'
import { formatCount } from '#lib/format/figures.ts'

const SETTLE_MS = 150

/** Finds in names, types, models and ids at once, and in payloads by the server. */
export function FindBox({ found }: { readonly found: Found }) {
  const { s = '' } = useTraceSearch()
  const navigate = useNavigate()
  const { walk } = useTraceContext()
  const { tree } = useShown()
  const [typed, setTyped] = useState(s)
  useEffect(() => {
    if (typed === s) return undefined
    const timer = setTimeout(
      () => navigate({ to: '.', search: (old) => ({ ...old, s: typed || undefined }), replace: true }),
      SETTLE_MS,
    )
    return () => clearTimeout(timer)
  }, [typed, s, navigate])
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter') walk(event.shiftKey ? -1 : 1)
    else if (event.key === 'Escape' && typed !== '') setTyped('')
    else if (event.key === 'Escape') event.currentTarget.blur()
    else return
    event.preventDefault()
  }
  const field = useRef<HTMLInputElement>(null)
  useKeys('Trace', [{ keys: '/', label: 'Find', run: () => field.current?.focus() }])
  const place = found.mask ? found.nodes.indexOf(selectedNode(tree) ?? -1) + 1 : 0
  const matches = `${place > 0 ? `${formatCount(place)} / ` : ''}${formatCount(found.nodes.length)}${found.isCut ? '+' : ''}`
  useAnnounced('found', found.mask ? `${matches} found` : '')
  return (
    <div className="flex h-7 w-60 @max-3xl:w-44 shrink-0 items-center gap-1 rounded-4 border border-control bg-surface pl-2 focus-within:outline-2 focus-within:outline-focus focus-within:outline-offset-1">
      <Search size={14} strokeWidth={1.5} className="shrink-0 text-text-3" aria-hidden />
      <input
        ref={field}
        data-filter-bar
        type="search"
        aria-label="Find in this trace"
        placeholder="Find name, id, text"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={onKeyDown}
        className="h-full min-w-0 flex-1 bg-transparent text-12 outline-none [&::-webkit-search-cancel-button]:hidden"
      />
      {found.mask ? (
        <>
          <span className="tabular whitespace-nowrap text-11 text-text-3">{matches}</span>
          <Button kind="quiet" isIcon aria-label="Previous match" className="h-6!" onClick={() => walk(-1)}>
            <ChevronUp size={14} strokeWidth={1.5} />
          </Button>
          <Button kind="quiet" isIcon aria-label="Next match" className="h-6!" onClick={() => walk(1)}>
            <ChevronDown size={14} strokeWidth={1.5} />
          </Button>
        </>
      ) : null}
    </div>
  )
}
