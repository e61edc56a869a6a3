import type { BulkSelectionDto, StartBulkJobBody } from '@xtrace/contract'
import { lazy, Suspense, useState } from 'react'
import { useKeys } from '#keys/use-keys.ts'
import type { AskedAction } from './bulk-actions.tsx'
import { type Counted, countText, exactly } from './count-text.ts'
import { useBulk } from './use-bulk.ts'
import type { ExplorerState } from './use-explorer.ts'
import type { Selection } from './use-selection.ts'

const BulkActions = lazy(async () => ({ default: (await import('./bulk-actions.tsx')).BulkActions }))
const DatasetDialog = lazy(async () => ({ default: (await import('./dataset-dialog.tsx')).DatasetDialog }))
const DeleteDialog = lazy(async () => ({ default: (await import('./delete-dialog.tsx')).DeleteDialog }))
const TagDialog = lazy(async () => ({ default: (await import('./tag-dialog.tsx')).TagDialog }))

/** The trace that keys act on when none is selected. */
interface FocusedTrace {
  readonly id: string
  readonly bookmarked?: boolean
}

interface BulkBarProps {
  readonly table: ExplorerState
  readonly selection: Selection
  /** How many rows match; undefined until it is known. */
  readonly counted: Counted | undefined
  readonly focused: FocusedTrace | undefined
}

interface Asked {
  readonly dialog: AskedAction
  readonly target: Target
}

interface Target {
  readonly selection: BulkSelectionDto
  readonly counted: Counted
}

/** What can be done to the rows that are selected, in place of the count. */
export function BulkBar({ table, selection, counted, focused }: BulkBarProps) {
  const [asked, setAsked] = useState<Asked>()
  const bulk = useBulk(table)
  const { count, isAll, clear } = selection
  const isEstimated = isAll && counted?.isEstimated === true
  const chosen: Target | undefined =
    count > 0 ? { selection: selection.selection, counted: { total: count, isEstimated } } : undefined
  const target = chosen ?? (focused && { selection: { ids: [focused.id] }, counted: exactly(1) })
  const run = (action: StartBulkJobBody['action'], on: Target) => {
    setAsked(undefined)
    if (action.type === 'delete') clear()
    void bulk({ action, selection: on.selection, what: countText(on.counted, table.view) })
  }
  const bookmark = (isBookmarked: boolean) => target && run({ type: 'bookmark', isBookmarked }, target)
  const tagging = asked?.dialog === 'tag' || asked?.dialog === 'untag' ? asked.dialog : undefined
  const isOfTraces = table.view === 'traces'
  useKeys('Table', [{ keys: 'mod+a', label: 'Select all that match', run: () => void selection.selectAll() }])
  useKeys(
    'Table',
    [
      { keys: 'b', label: 'Bookmark', run: () => bookmark(chosen !== undefined || !focused?.bookmarked) },
      { keys: '#', label: 'Delete', run: () => target && setAsked({ dialog: 'delete', target }) },
    ],
    isOfTraces,
  )
  useKeys('Selection', [{ keys: 'Escape', label: 'Select none', run: clear }], chosen !== undefined)
  return (
    <Suspense>
      {chosen ? (
        <BulkActions
          view={table.view}
          selection={selection}
          counted={counted}
          onAsk={(dialog) => setAsked({ dialog, target: chosen })}
          onBookmark={bookmark}
        />
      ) : null}
      {asked?.dialog === 'delete' ? (
        <DeleteDialog
          counted={asked.target.counted}
          onDelete={() => run({ type: 'delete' }, asked.target)}
          onClose={() => setAsked(undefined)}
        />
      ) : null}
      {asked && tagging ? (
        <TagDialog
          action={tagging}
          counted={asked.target.counted}
          onTag={(tags) => run({ type: tagging, tags: [...tags] }, asked.target)}
          onClose={() => setAsked(undefined)}
        />
      ) : null}
      {asked?.dialog === 'dataset' ? (
        <DatasetDialog
          project={table.project.id}
          view={table.view}
          counted={asked.target.counted}
          onAdd={(datasetName) =>
            run(
              { type: 'dataset', datasetName, ...(isOfTraces ? {} : { from: 'observations' as const }) },
              asked.target,
            )
          }
          onClose={() => setAsked(undefined)}
        />
      ) : null}
    </Suspense>
  )
}
