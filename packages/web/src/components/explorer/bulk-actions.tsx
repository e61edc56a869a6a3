import { Bookmark, BookmarkX, ListPlus, Tag, TagX, Trash2, X } from 'lucide-react'
import { Button } from '#components/ui/button.tsx'
import { formatCount } from '#lib/format/figures.ts'
import type { Counted } from './count-text.ts'
import type { ExplorerState } from './use-explorer.ts'
import type { Selection } from './use-selection.ts'

/** What is asked about before it is done. */
export type AskedAction = 'delete' | 'tag' | 'untag' | 'dataset'

interface BulkActionsProps {
  readonly view: ExplorerState['view']
  readonly selection: Selection
  /** How many rows match; undefined until it is known. */
  readonly counted: Counted | undefined
  onAsk(action: AskedAction): void
  onBookmark(isBookmarked: boolean): void
}

/** The buttons of what can be done to the rows that are selected; single observations are neither tagged nor deleted. */
export function BulkActions({ view, selection, counted, onAsk, onBookmark }: BulkActionsProps) {
  const isOfTraces = view === 'traces'
  const { count, clear } = selection
  const { total = 0, isEstimated: isEstimate = false } = counted ?? {}
  return (
    <div role="toolbar" aria-label={`Selected ${view}`} className="flex min-w-0 flex-1 items-center gap-1">
      <span className="tabular whitespace-nowrap pr-2 font-medium text-12">
        {formatCount(count, { isEstimate: isEstimate && selection.isAll })} selected
      </span>
      {/* One line: what has no room is scrolled to. */}
      <div className="-my-1 flex min-w-0 items-center gap-1 overflow-x-auto p-1">
        {selection.isAll || !selection.canSelectAll || count >= total ? null : (
          <Button kind="quiet" onClick={selection.selectAll}>
            All {formatCount(total, { isEstimate })} that match
          </Button>
        )}
        {isOfTraces ? (
          <>
            <Button kind="quiet" onClick={() => onAsk('tag')}>
              <Tag size={14} strokeWidth={1.5} />
              Tag
            </Button>
            <Button kind="quiet" onClick={() => onAsk('untag')}>
              <TagX size={14} strokeWidth={1.5} />
              Untag
            </Button>
          </>
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
      </div>
      <Button kind="quiet" isIcon aria-label="Select none" onClick={clear}>
        <X size={14} strokeWidth={1.5} />
      </Button>
    </div>
  )
}
