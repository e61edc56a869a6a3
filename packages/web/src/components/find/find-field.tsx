import { ChevronDown, ChevronUp } from 'lucide-react'
import { type KeyboardEvent, useId } from 'react'
import { useAnnounced } from '#components/ui/announcer.tsx'
import { Button } from '#components/ui/button.tsx'
import { Input } from '#components/ui/input.tsx'

export interface TextSearch {
  readonly text: string
  /** The match that is shown. */
  readonly at: number
  readonly count: number
  /** There are more matches, which are not counted. */
  readonly isCut: boolean
}

interface FindFieldProps {
  readonly search: TextSearch
  /** Looks for a text and goes to one of its matches. */
  onSearch(text: string, at: number): void
  /** Esc in the field; absent where it stays. */
  onClose?: () => void
}

/** A text to look for within one value, the place among its matches, and the way to the others. */
export function FindField({ search: { text, at, count, isCut }, onSearch, onClose }: FindFieldProps) {
  const place = count === 0 ? 'none' : `${at + 1} of ${count}${isCut ? '+' : ''}`
  useAnnounced(useId(), text === '' ? '' : place)
  const go = (by: number) => (count > 0 ? onSearch(text, (at + by + count) % count) : undefined)
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter') go(event.shiftKey ? -1 : 1)
    if (event.key !== 'Escape' || !onClose) return
    event.preventDefault()
    onClose()
  }
  return (
    <>
      <Input
        type="search"
        aria-label="Find in this value"
        placeholder="Find"
        className="max-w-60"
        autoFocus={onClose !== undefined}
        value={text}
        onChange={(event) => onSearch(event.target.value, 0)}
        onKeyDown={onKeyDown}
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
    </>
  )
}
