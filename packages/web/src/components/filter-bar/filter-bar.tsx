import { Search, X } from 'lucide-react'
import { type KeyboardEvent, useId, useRef, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import type { Table } from '#lib/filter/fields.ts'
import { lowerQuery } from '#lib/filter/lower.ts'
import { parseQuery } from '#lib/filter/parse.ts'
import { accept, type Caret, caretAt } from '#lib/filter/suggest.ts'
import type { Interval } from '#search/time-range.ts'
import { FilterMarks } from './filter-marks.tsx'
import { FilterTokens } from './filter-tokens.tsx'
import { SuggestionList } from './suggestion-list.tsx'
import { type Suggestion, suggestionsAt, suggestionsOfPasted, type TracePlace } from './suggestions.ts'
import { useCountedValues } from './use-counted-values.ts'

interface FilterBarProps {
  readonly project: string
  readonly table: Table
  /** The filter in force. */
  readonly text: string
  readonly interval: Interval
  readonly env: readonly string[]
  /** Enter, or the cross. */
  onApply(text: string): void
  /** The trace of an address that was pasted. */
  onOpen(place: TracePlace): void
}

const LOOK = 'mono h-full w-full whitespace-pre px-1'

/** The filter as one line of text, with what can be said next under it. */
export function FilterBar({ project, table, text, interval, env, onApply, onOpen }: FilterBarProps) {
  const [draft, setDraft] = useDraft(text)
  const [caret, setCaret] = useState<Caret>()
  const [chosen, setChosen] = useState(-1)
  const field = useRef<HTMLInputElement>(null)
  const tokens = useRef<HTMLDivElement>(null)
  const listId = useId()
  const values = useCountedValues(caret, { project, table, interval, env })
  const pasted = suggestionsOfPasted(draft)
  const offered = pasted.length > 0 || !caret ? pasted : suggestionsAt(caret, table, values)
  const suggestions = caret ? offered : []
  const marks = lowerQuery(parseQuery(text), { table }).marks
  const look = (input: HTMLInputElement) => {
    setCaret(caretAt(input.value, input.selectionStart ?? input.value.length))
    setChosen(-1)
  }
  const put = (suggestion: Suggestion) => {
    if (suggestion.opens) return onOpen(suggestion.opens)
    const next = accept(draft, suggestion, suggestion.insert)
    const place = suggestion.caretAt === undefined ? next.caret : suggestion.from + suggestion.caretAt
    setDraft(next.text)
    setCaret(caretAt(next.text, place))
    setChosen(-1)
    requestAnimationFrame(() => field.current?.setSelectionRange(place, place))
  }
  const apply = (wanted: string) => {
    setCaret(undefined)
    onApply(wanted.trim())
  }
  const move = (by: number) => {
    if (suggestions.length > 0) setChosen(Math.min(Math.max(chosen + by, -1), suggestions.length - 1))
    else if (field.current) look(field.current)
  }
  const take = suggestions[chosen]
  const keys = new Map([
    ['ArrowDown', () => move(1)],
    ['ArrowUp', () => move(-1)],
    ['Enter', () => (take ? put(take) : apply(draft))],
    ['Escape', () => (caret ? setCaret(undefined) : field.current?.blur())],
  ])
  if (take) keys.set('Tab', () => put(take))
  const onKeyDown = (event: KeyboardEvent) => {
    const run = event.nativeEvent.isComposing ? undefined : keys.get(event.key)
    if (!run) return
    event.preventDefault()
    run()
  }
  const isOpen = caret !== undefined && suggestions.length > 0
  return (
    <div className="relative flex min-w-0 flex-1 flex-col gap-1" data-filter-bar>
      <div className="control flex items-center gap-1 rounded-6 border border-control bg-surface pl-2 focus-within:outline-2 focus-within:outline-focus">
        <Search size={14} strokeWidth={1.5} aria-hidden className="shrink-0 text-text-3" />
        <div className="relative h-full min-w-0 flex-1">
          <div
            ref={tokens}
            aria-hidden
            className={`${LOOK} pointer-events-none absolute inset-0 flex items-center overflow-hidden`}
          >
            <span>
              <FilterTokens text={draft} marks={draft === text ? marks : []} />
            </span>
          </div>
          <input
            ref={field}
            type="text"
            role="combobox"
            aria-label={`Filter ${table}`}
            aria-expanded={isOpen}
            aria-controls={listId}
            aria-autocomplete="list"
            {...(chosen >= 0 && { 'aria-activedescendant': `${listId}-${chosen}` })}
            spellCheck={false}
            autoComplete="off"
            value={draft}
            placeholder={PLACEHOLDERS[table]}
            className={`${LOOK} absolute inset-0 bg-transparent text-transparent caret-text outline-none placeholder:text-text-3`}
            onChange={(event) => {
              setDraft(event.target.value)
              look(event.target)
            }}
            onFocus={(event) => look(event.target)}
            onClick={(event) => look(event.currentTarget)}
            onKeyUp={(event) =>
              /^(?:ArrowLeft|ArrowRight|Home|End)$/.test(event.key) ? look(event.currentTarget) : undefined
            }
            onBlur={() => setCaret(undefined)}
            onKeyDown={onKeyDown}
            onScroll={({ currentTarget }) => tokens.current?.scrollTo({ left: currentTarget.scrollLeft })}
          />
        </div>
        {draft === '' ? null : (
          <Button
            kind="quiet"
            isIcon
            aria-label="Clear the filter"
            onClick={() => {
              setDraft('')
              apply('')
            }}
          >
            <X size={14} strokeWidth={1.5} />
          </Button>
        )}
      </div>
      {isOpen ? <SuggestionList id={listId} suggestions={suggestions} chosen={chosen} onChoose={put} /> : null}
      {draft === text ? <FilterMarks text={text} marks={marks} /> : null}
    </div>
  )
}

const PLACEHOLDERS: Readonly<Record<Table, string>> = {
  traces: 'level:error  latency:>5s  metadata.tier:gold  name:chat*',
  observations: 'type:generation  latency:>5s  model:gpt-4*  output:"cannot help"',
}

/** What is being typed; a filter that is set elsewhere takes its place. */
function useDraft(text: string): [string, (draft: string) => void] {
  const [kept, setKept] = useState({ text, draft: text })
  if (kept.text !== text) setKept({ text, draft: text })
  return [kept.text === text ? kept.draft : text, (draft) => setKept({ text, draft })]
}
