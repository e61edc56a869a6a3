import { Search } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { Input } from '#components/ui/input.tsx'

interface IdSearchProps {
  readonly noun: string
  readonly typed: string
  onSearch(typed: string): void
}

/** A part of an id to look for; Enter, or leaving the field, searches. */
export function IdSearch({ noun, typed, onSearch }: IdSearchProps) {
  const [text, setText] = useState(typed)
  const search = () => {
    if (text.trim() !== typed) onSearch(text.trim())
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    search()
  }
  return (
    <form role="search" onSubmit={submit} className="relative w-72 min-w-0">
      <Search
        size={14}
        strokeWidth={1.5}
        aria-hidden
        className="pointer-events-none absolute inset-y-0 left-2 my-auto text-text-3"
      />
      <Input
        type="search"
        data-filter-bar
        aria-label={`Search ${noun} by id`}
        placeholder={`Part of the id of ${noun}`}
        className="pl-7"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onBlur={search}
      />
    </form>
  )
}
