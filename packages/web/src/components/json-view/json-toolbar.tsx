import { ChevronDown, ChevronUp } from 'lucide-react'
import { useId } from 'react'
import { useAnnounced } from '#components/ui/announcer.tsx'
import { Button } from '#components/ui/button.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { Input } from '#components/ui/input.tsx'
import { EVERYTHING } from './json-rows.ts'

export interface JsonSearch {
  readonly text: string
  /** The match that is shown. */
  readonly at: number
  readonly count: number
  /** There are more matches, which are not counted. */
  readonly isCut: boolean
}

interface JsonToolbarProps {
  readonly search: JsonSearch
  /** Looks for a text and goes to one of its matches. */
  onSearch(text: string, at: number): void
  readonly isAllOpen: boolean
  /** Opens all down to a depth. */
  onOpen(depth: number): void
  copied(): string | Promise<string>
}

export function JsonToolbar({ search, onSearch, isAllOpen, onOpen, copied }: JsonToolbarProps) {
  const { text, at, count, isCut } = search
  const place = count === 0 ? 'none' : `${at + 1} of ${count}${isCut ? '+' : ''}`
  useAnnounced(useId(), text === '' ? '' : place)
  const go = (by: number) => (count > 0 ? onSearch(text, (at + by + count) % count) : undefined)
  return (
    <div className="flex shrink-0 items-center gap-1 border-b px-2 py-1">
      <Input
        type="search"
        aria-label="Find in this value"
        placeholder="Find"
        className="max-w-60"
        value={text}
        onChange={(event) => onSearch(event.target.value, 0)}
        onKeyDown={(event) => (event.key === 'Enter' ? go(event.shiftKey ? -1 : 1) : undefined)}
      />
      {text === '' ? null : (
        <>
          <span className="tabular whitespace-nowrap px-1 text-12 text-text-3">{place}</span>
          <Button kind="quiet" isIcon aria-label="Match before" onClick={() => go(-1)}>
            <ChevronUp size={14} strokeWidth={1.5} />
          </Button>
          <Button kind="quiet" isIcon aria-label="Next match" onClick={() => go(1)}>
            <ChevronDown size={14} strokeWidth={1.5} />
          </Button>
        </>
      )}
      <div className="flex-1" />
      <Button kind="quiet" onClick={() => onOpen(isAllOpen ? 1 : EVERYTHING)}>
        {isAllOpen ? 'Close all' : 'Open all'}
      </Button>
      <CopyButton text={copied} label="Copy JSON" />
    </div>
  )
}
