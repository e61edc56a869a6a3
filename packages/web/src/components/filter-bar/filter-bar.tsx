import { Search, X } from 'lucide-react'
import { useId } from 'react'
import { Button } from '#components/ui/button.tsx'
import type { Table } from '#lib/filter/fields.ts'
import { lowerQuery } from '#lib/filter/lower.ts'
import { parseQuery } from '#lib/filter/parse.ts'
import type { Interval } from '#search/time-range.ts'
import { FilterField } from './filter-field.tsx'
import { FilterMarks } from './filter-marks.tsx'
import { SuggestionList } from './suggestion-list.tsx'
import type { TracePlace } from './suggestions.ts'
import { useFilterEntry } from './use-filter-entry.ts'

export interface FilterBarProps {
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

/** The filter as one line of text, with what can be said next under it. */
export function FilterBar(props: FilterBarProps) {
  const { table, text } = props
  const entry = useFilterEntry(props)
  const { draft, suggestions, chosen, put, apply } = entry
  const listId = useId()
  // What is still being typed is not judged.
  const marks = draft.trim() === text ? lowerQuery(parseQuery(text), { table }).marks : []
  return (
    <div className="relative flex min-w-0 flex-1 flex-col gap-1">
      <div className="control flex items-center gap-1 rounded-6 border border-control bg-surface pl-2 focus-within:outline-2 focus-within:outline-focus">
        <Search size={14} strokeWidth={1.5} aria-hidden className="shrink-0 text-text-3" />
        <FilterField table={table} entry={entry} listId={listId} marks={marks} />
        {draft === '' ? null : (
          <Button kind="quiet" isIcon aria-label="Clear the filter" onClick={() => apply('')}>
            <X size={14} strokeWidth={1.5} />
          </Button>
        )}
      </div>
      {suggestions.length > 0 ? (
        <SuggestionList id={listId} suggestions={suggestions} chosen={chosen} onChoose={put} />
      ) : null}
      <FilterMarks text={text} marks={marks} />
    </div>
  )
}
