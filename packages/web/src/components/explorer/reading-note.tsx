import { useQueryClient } from '@tanstack/react-query'
import { Button } from '#components/ui/button.tsx'
import { useAfter } from '#components/ui/use-after.ts'
import { DEFAULT_RANGE, rollingLabel } from '#search/time-range.ts'
import type { RowList } from './explorer-rows.tsx'
import { FailedNote } from './failed-note.tsx'
import { Note } from './note.tsx'
import { partialText, scannedToOf } from './partial.ts'
import type { ExplorerState } from './use-explorer.ts'

/** A wait that is worth a word. */
const SLOW_MS = 2000

interface ReadingNoteProps {
  readonly list: RowList<unknown>
  readonly table: ExplorerState
}

/** What is being read, when it takes long, and the way to stop it; then the way to begin again. */
export function ReadingNote({ list, table }: ReadingNoteProps) {
  if (!list.isPending && !list.isPlaceholderData) return <PartialNote list={list} table={table} />
  if (list.fetchStatus === 'idle')
    return (
      <Note text={list.isPending ? 'Stopped.' : 'Stopped: these rows are those of before.'}>
        <Button onClick={table.refresh}>Read again</Button>
      </Note>
    )
  return <SlowNote key={JSON.stringify(table.listed)} table={table} />
}

/** How far the rows go, where the server gave them before it had looked through the whole time range. */
function PartialNote({ list, table }: ReadingNoteProps) {
  if (list.error) return <FailedNote list={list} />
  const scannedTo = scannedToOf(list.data)
  if (scannedTo === undefined || !list.hasNextPage) return null
  return (
    <Note text={`${partialText(table.interval, scannedTo)}${list.isFetchingNextPage ? ', reading on …' : ''}`}>
      <Button isBusy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
        Continue
      </Button>
    </Note>
  )
}

function SlowNote({ table }: Pick<ReadingNoteProps, 'table'>) {
  const { view, project, query, t = DEFAULT_RANGE } = table
  const client = useQueryClient()
  const isSlow = useAfter(SLOW_MS)
  if (!isSlow) return null
  const span = t.includes('..') ? 'the time range' : `the ${rollingLabel(t).toLowerCase()}`
  const cancel = () => {
    void client.cancelQueries({ queryKey: [view, project.id] })
    void client.cancelQueries({ queryKey: ['histogram', view, project.id] })
  }
  return (
    <Note text={`Reading ${query.length > 0 ? `${view} that match` : view}, of ${span} …`}>
      <Button onClick={cancel}>Cancel</Button>
    </Note>
  )
}
