import { FindField, type TextSearch } from '#components/find/find-field.tsx'
import { Button } from '#components/ui/button.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { EVERYTHING } from './json-rows.ts'

interface JsonToolbarProps {
  readonly search: TextSearch
  /** Looks for a text and goes to one of its matches. */
  onSearch(text: string, at: number): void
  readonly isAllOpen: boolean
  /** Opens all down to a depth. */
  onOpen(depth: number): void
  copied(): string | Promise<string>
}

export function JsonToolbar({ search, onSearch, isAllOpen, onOpen, copied }: JsonToolbarProps) {
  return (
    <div className="flex shrink-0 items-center gap-1 border-b px-2 py-1">
      <FindField search={search} onSearch={onSearch} />
      <div className="flex-1" />
      <Button kind="quiet" onClick={() => onOpen(isAllOpen ? 1 : EVERYTHING)}>
        {isAllOpen ? 'Close all' : 'Open all'}
      </Button>
      <CopyButton text={copied} label="Copy JSON" />
    </div>
  )
}
