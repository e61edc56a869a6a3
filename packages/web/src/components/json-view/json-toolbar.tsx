import { ChevronDown, ChevronUp } from 'lucide-react'
import { useMemo, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { Input } from '#components/ui/input.tsx'
import { printPayload } from '#lib/chat/payload.ts'
import { DEFAULT_FOLDS, findInJson, type JsonFolds, type JsonPath, MAX_MATCHES } from './json-rows.ts'

export interface JsonSearch {
  readonly text: string
  readonly matches: readonly JsonPath[]
  readonly at: number
  /** The match that is shown; undefined when there is none. */
  readonly current: JsonPath | undefined
  find(text: string): void
  go(by: number): void
}

/** A search in a value; `show` is told each match that is gone to. */
export function useJsonSearch(value: unknown, show: (path: JsonPath) => void): JsonSearch {
  const [{ text, at }, setPlace] = useState({ text: '', at: 0 })
  const matches = useMemo(() => findInJson(value, text), [value, text])
  return {
    text,
    matches,
    at,
    current: matches[at],
    find: (wanted) => {
      const [first] = findInJson(value, wanted)
      setPlace({ text: wanted, at: 0 })
      if (first) show(first)
    },
    go: (by) => {
      if (matches.length === 0) return
      const next = (at + by + matches.length) % matches.length
      setPlace({ text, at: next })
      const path = matches[next]
      if (path) show(path)
    },
  }
}

interface JsonToolbarProps {
  readonly value: unknown
  readonly search: JsonSearch
  readonly folds: JsonFolds
  onFolds(folds: JsonFolds): void
}

const EVERYTHING = 64

export function JsonToolbar({ value, search, folds, onFolds }: JsonToolbarProps) {
  const { text, matches, at, find, go } = search
  const isAllOpen = folds.depth >= EVERYTHING
  const count = matches.length === MAX_MATCHES ? `${MAX_MATCHES}+` : String(matches.length)
  return (
    <div className="flex shrink-0 items-center gap-1 border-b px-2 py-1">
      <Input
        type="search"
        aria-label="Find in this value"
        placeholder="Find"
        className="max-w-60"
        value={text}
        onChange={(event) => find(event.target.value)}
        onKeyDown={(event) => (event.key === 'Enter' ? go(event.shiftKey ? -1 : 1) : undefined)}
      />
      {text === '' ? null : (
        <>
          <span role="status" className="tabular whitespace-nowrap px-1 text-12 text-text-3">
            {matches.length === 0 ? 'none' : `${at + 1} of ${count}`}
          </span>
          <Button kind="quiet" isIcon aria-label="Match before" onClick={() => go(-1)}>
            <ChevronUp size={14} strokeWidth={1.5} />
          </Button>
          <Button kind="quiet" isIcon aria-label="Next match" onClick={() => go(1)}>
            <ChevronDown size={14} strokeWidth={1.5} />
          </Button>
        </>
      )}
      <div className="flex-1" />
      <Button kind="quiet" onClick={() => onFolds({ ...DEFAULT_FOLDS, depth: isAllOpen ? 1 : EVERYTHING })}>
        {isAllOpen ? 'Close all' : 'Open all'}
      </Button>
      <CopyButton text={printPayload(value)} label="Copy JSON" />
    </div>
  )
}
