import { clsx } from 'clsx'
import { formatCount } from '#lib/format/figures.ts'
import type { Suggestion } from './suggestions.ts'

interface SuggestionListProps {
  readonly id: string
  readonly suggestions: readonly Suggestion[]
  /** Place of the one that Enter takes; -1 for none. */
  readonly chosen: number
  onChoose(suggestion: Suggestion): void
}

/** What can be said at the caret. The field keeps the focus; a press must not take it away. */
export function SuggestionList({ id, suggestions, chosen, onChoose }: SuggestionListProps) {
  return (
    <div
      id={id}
      role="listbox"
      aria-label="Suggestions"
      className="absolute top-8 left-0 z-30 max-h-80 w-110 max-w-full overflow-y-auto rounded-8 border bg-surface p-1 shadow-popover"
    >
      {suggestions.map((suggestion, index) => (
        <div
          key={`${suggestion.label} ${suggestion.about ?? ''}`}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === chosen}
          onPointerDown={(event) => {
            event.preventDefault()
            onChoose(suggestion)
          }}
          className={clsx(
            'flex h-7 cursor-default items-center gap-3 rounded-4 px-2 text-12',
            index === chosen ? 'bg-selected' : 'hover:bg-hover',
          )}
        >
          <span className="mono truncate">{suggestion.label}</span>
          <span className="tabular ml-auto shrink-0 text-text-3">
            {suggestion.count === undefined ? suggestion.about : formatCount(suggestion.count)}
          </span>
        </div>
      ))}
    </div>
  )
}
