import { useRef } from 'react'
import type { Table } from '#lib/filter/fields.ts'
import type { Mark } from '#lib/filter/verdict.ts'
import { FilterTokens } from './filter-tokens.tsx'
import type { useFilterEntry } from './use-filter-entry.ts'

interface FilterFieldProps {
  readonly table: Table
  readonly entry: ReturnType<typeof useFilterEntry>
  readonly listId: string
  readonly marks: readonly Mark[]
}

/** Of the text and of the chips behind it, so that one covers the other. */
const LOOK = 'mono h-full w-full whitespace-pre px-1'

const PLACEHOLDERS: Readonly<Record<Table, string>> = {
  traces: 'level:error  latency:>5s  metadata.tier:gold  name:chat*',
  observations: 'type:generation  latency:>5s  model:gpt-4*  output:"cannot help"',
}

/** Where it is typed: plain text, so that caret, undo and paste are the browser's, over its terms as chips. */
export function FilterField({ table, entry, listId, marks }: FilterFieldProps) {
  const { draft, setDraft, field, suggestions, chosen, look, onKeyDown, close } = entry
  const tokens = useRef<HTMLDivElement>(null)
  return (
    <div className="relative h-full min-w-0 flex-1">
      <div
        ref={tokens}
        aria-hidden
        className={`${LOOK} pointer-events-none absolute inset-0 flex items-center overflow-hidden`}
      >
        <span>
          <FilterTokens text={draft} marks={marks} />
        </span>
      </div>
      <input
        ref={field}
        data-filter-bar
        type="text"
        role="combobox"
        aria-label={`Filter ${table}`}
        aria-expanded={suggestions.length > 0}
        aria-controls={listId}
        aria-autocomplete="list"
        {...(chosen >= 0 && { 'aria-activedescendant': `${listId}-${chosen}` })}
        spellCheck={false}
        autoComplete="off"
        value={draft}
        placeholder={PLACEHOLDERS[table]}
        className={`${LOOK} absolute inset-0 bg-transparent text-transparent caret-text outline-none placeholder:text-text-3`}
        onChange={({ target }) => {
          setDraft(target.value)
          look(target)
        }}
        onFocus={({ target }) => look(target)}
        onClick={({ currentTarget }) => look(currentTarget)}
        onKeyUp={({ key, currentTarget }) => (MOVES.has(key) ? look(currentTarget) : undefined)}
        onBlur={close}
        onKeyDown={onKeyDown}
        onScroll={({ currentTarget }) => tokens.current?.scrollTo({ left: currentTarget.scrollLeft })}
      />
    </div>
  )
}

/** Keys that put the caret elsewhere. */
const MOVES: ReadonlySet<string> = new Set(['ArrowLeft', 'ArrowRight', 'Home', 'End'])
