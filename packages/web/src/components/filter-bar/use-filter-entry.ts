import { type KeyboardEvent, useRef, useState } from 'react'
import { accept, type Caret, caretAt } from '#lib/filter/suggest.ts'
import type { FilterBarProps } from './filter-bar.tsx'
import { type Suggestion, suggestionsAt, suggestionsOfPasted } from './suggestions.ts'
import { useCountedValues } from './use-counted-values.ts'

/** What is being typed, what can be said next, and the keys that choose from it. */
export function useFilterEntry({ project, table, text, interval, env, onApply, onOpen }: FilterBarProps) {
  const [draft, setDraft] = useDraft(text)
  const [caret, setCaret] = useState<Caret>()
  const [chosen, setChosen] = useState(-1)
  const field = useRef<HTMLInputElement>(null)
  const values = useCountedValues(caret, { project, table, interval, env })
  const suggestions = caret ? suggestionsFor(draft, suggestionsAt(caret, table, values)) : []
  const goTo = (next: Caret | undefined) => {
    setCaret(next)
    setChosen(-1)
  }
  const look = (input: HTMLInputElement) => goTo(caretAt(input.value, input.selectionStart ?? input.value.length))
  const put = (suggestion: Suggestion) => {
    if (suggestion.opens) return onOpen(suggestion.opens)
    const next = accept(draft, suggestion, suggestion.insert)
    const place = suggestion.caretAt === undefined ? next.caret : suggestion.from + suggestion.caretAt
    setDraft(next.text)
    goTo(caretAt(next.text, place))
    requestAnimationFrame(() => field.current?.setSelectionRange(place, place))
  }
  const apply = (wanted: string) => {
    goTo(undefined)
    setDraft(wanted)
    onApply(wanted.trim())
  }
  const applyAndLeave = () => {
    apply(draft)
    focusRows()
  }
  const move = (by: number) => {
    if (suggestions.length > 0) setChosen(Math.min(Math.max(chosen + by, -1), suggestions.length - 1))
    else if (field.current) look(field.current)
  }
  const take = suggestions[chosen]
  const keys = new Map([
    ['ArrowDown', () => move(1)],
    ['ArrowUp', () => move(-1)],
    ['Enter', () => (take ? put(take) : applyAndLeave())],
    ['Escape', () => (caret ? goTo(undefined) : field.current?.blur())],
  ])
  if (take) keys.set('Tab', () => put(take))
  const onKeyDown = (event: KeyboardEvent) => {
    const run = event.nativeEvent.isComposing ? undefined : keys.get(event.key)
    if (!run) return
    event.preventDefault()
    run()
  }
  return { draft, setDraft, field, suggestions, chosen, look, put, apply, onKeyDown, close: () => goTo(undefined) }
}

/** The keys go on in the rows that were asked for. */
function focusRows(): void {
  const rows = document.querySelector('main [role="grid"]')
  if (rows instanceof HTMLElement) rows.focus()
}

/** A pasted address or id says for itself what can be done. */
function suggestionsFor(draft: string, atCaret: readonly Suggestion[]): readonly Suggestion[] {
  const pasted = suggestionsOfPasted(draft)
  return pasted.length > 0 ? pasted : atCaret
}

/** What is being typed; a filter that is set elsewhere takes its place. */
function useDraft(text: string): [string, (draft: string) => void] {
  const [kept, setKept] = useState({ text, draft: text })
  if (kept.text !== text) setKept({ text, draft: text })
  return [kept.text === text ? kept.draft : text, (draft) => setKept({ text, draft })]
}
