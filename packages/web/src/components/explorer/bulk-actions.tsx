import { Bookmark, BookmarkX, ListPlus, Tag, Trash2, X } from 'lucide-react'
import { Button } from '#components/ui/button.tsx'
import { formatCount } from '#lib/format/figures.ts'
import type { ExplorerState } from './use-explorer.ts'
import type { Selection } from './use-selection.ts'

/** What is asked about before it is done. */
export type AskedAction = 'delete' | 'tag' | 'dataset'

interface BulkActionsProps {
  readonly view: ExplorerState['view']
  readonly selection: Selection
  /** How many rows match. */
  readonly total: number
  onAsk(action: AskedAction): void
  onBookmark(isBookmarked: boolean): void
}

/** The buttons of what can be done to the rows that are selected; single observations are neither tagged nor deleted. */
export function BulkActions({ view, selection, total, onAsk, onBookmark }: BulkActionsProps) {
  const isOfTraces = view === 'traces'
  const { count, clear } = selection
  return (
    <div role="toolbar" aria-label={`Selected ${view}`} className="mr-auto flex flex-wrap items-center gap-1">
      <span className="tabular whitespace-nowrap pr-2 font-medium text-12">{formatCount(count)} selected</span>
      {selection.isAll || !selection.canSelectAll || count >= total ? null : (
        <Button kind="quiet" onClick={selection.selectAll}>
          All {formatCount(total)} that match
        </Button>
      )}
      {isOfTraces ? (
        <Button kind="quiet" onClick={() => onAsk('tag')}>
          <Tag size={14} strokeWidth={1.5} />
          Tag
        </Button>
      ) : null}
      <Button kind="quiet" onClick={() => onAsk('dataset')}>
        <ListPlus size={14} strokeWidth={1.5} />
        Dataset
      </Button>
      {isOfTraces ? (
        <>
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
        </>
      ) : null}
      <Button kind="quiet" isIcon aria-label="Select none" onClick={clear}>
        <X size={14} strokeWidth={1.5} />
      </Button>
    </div>
  )
}
