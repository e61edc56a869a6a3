import type { BulkSelectionDto, StartBulkJobBody } from '@xtrace/contract'
import { Bookmark, BookmarkX, Tag, Trash2, X } from 'lucide-react'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { useKeys } from '#keys/use-keys.ts'
import { formatCount } from '#lib/format/figures.ts'
import { DeleteDialog } from './delete-dialog.tsx'
import { TagDialog } from './tag-dialog.tsx'
import { tracesText, useBulk } from './use-bulk.ts'
import type { ExplorerState } from './use-explorer.ts'
import type { Selection } from './use-selection.ts'

/** The trace that keys act on when none is selected. */
interface FocusedTrace {
  readonly id: string
  readonly bookmarked?: boolean
}

interface BulkBarProps {
  readonly table: ExplorerState
  readonly selection: Selection
  /** How many traces match. */
  readonly total: number
  readonly focused: FocusedTrace | undefined
}

/** What is asked about before it is done. */
type Asked = { readonly dialog: 'delete' | 'tag'; readonly target: Target }

interface Target {
  readonly selection: BulkSelectionDto
  readonly count: number
}

/** What can be done to the traces that are selected, in place of the count. */
export function BulkBar({ table, selection, total, focused }: BulkBarProps) {
  const [asked, setAsked] = useState<Asked>()
  const bulk = useBulk(table)
  const { count, clear } = selection
  const chosen: Target | undefined = count > 0 ? { selection: selection.selection, count } : undefined
  const target = chosen ?? (focused && { selection: { ids: [focused.id] }, count: 1 })
  const run = (action: StartBulkJobBody['action'], on: Target) => {
    setAsked(undefined)
    if (action.type === 'delete') clear()
    void bulk({ action, selection: on.selection, what: tracesText(on.count) })
  }
  const bookmark = (isBookmarked: boolean) => target && run({ type: 'bookmark', isBookmarked }, target)
  useKeys('Table', [
    { keys: 'b', label: 'Bookmark', run: () => bookmark(chosen !== undefined || !focused?.bookmarked) },
    { keys: '#', label: 'Delete', run: () => target && setAsked({ dialog: 'delete', target }) },
    { keys: 'mod+a', label: 'Select all that match', run: () => void selection.selectAll() },
  ])
  useKeys('Selection', [{ keys: 'Escape', label: 'Select none', run: clear }], chosen !== undefined)
  return (
    <>
      {chosen ? (
        <BulkActions
          selection={selection}
          total={total}
          onAsk={(dialog) => setAsked({ dialog, target: chosen })}
          onBookmark={bookmark}
        />
      ) : null}
      {asked?.dialog === 'delete' ? (
        <DeleteDialog
          count={asked.target.count}
          onDelete={() => run({ type: 'delete' }, asked.target)}
          onClose={() => setAsked(undefined)}
        />
      ) : null}
      {asked?.dialog === 'tag' ? (
        <TagDialog
          count={asked.target.count}
          onTag={(tags) => run({ type: 'tag', tags: [...tags] }, asked.target)}
          onClose={() => setAsked(undefined)}
        />
      ) : null}
    </>
  )
}

interface BulkActionsProps extends Pick<BulkBarProps, 'selection' | 'total'> {
  onAsk(dialog: Asked['dialog']): void
  onBookmark(isBookmarked: boolean): void
}

function BulkActions({ selection, total, onAsk, onBookmark }: BulkActionsProps) {
  const { count, clear } = selection
  return (
    <div role="toolbar" aria-label="Selected traces" className="mr-auto flex flex-wrap items-center gap-1">
      <span className="tabular whitespace-nowrap pr-2 font-medium text-12">{formatCount(count)} selected</span>
      {selection.isAll || !selection.canSelectAll || count >= total ? null : (
        <Button kind="quiet" onClick={selection.selectAll}>
          All {formatCount(total)} that match
        </Button>
      )}
      <Button kind="quiet" onClick={() => onAsk('tag')}>
        <Tag size={14} strokeWidth={1.5} />
        Tag
      </Button>
      <Button kind="quiet" onClick={() => onBookmark(true)}>
        <Bookmark size={14} strokeWidth={1.5} />
        Bookmark
      </Button>
      <Button kind="quiet" onClick={() => onBookmark(false)}>
        <BookmarkX size={14} strokeWidth={1.5} />
        No bookmark
      </Button>
      <Button kind="quiet" onClick={() => onAsk('delete')}>
        <Trash2 size={14} strokeWidth={1.5} />
        Delete
      </Button>
      <Button kind="quiet" isIcon aria-label="Select none" onClick={clear}>
        <X size={14} strokeWidth={1.5} />
      </Button>
    </div>
  )
}
