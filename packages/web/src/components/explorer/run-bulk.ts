/** Bulk work from its order to its end; fetched when the first of it is ordered. */
import type { QueryClient } from '@tanstack/react-query'
import type { BulkSelectionDto, StartBulkJobBody } from '@xtrace/contract'
import { type BulkOrder, bulkJobEnd, bulkJobsQuery, cancelBulkJob, startBulkJob } from '#api/bulk.ts'
import { showToast } from '#components/ui/toast.tsx'
import { oppositeOf } from './opposite.ts'
import type { ExplorerState } from './use-explorer.ts'

/** How long the undo of what was done, or of what takes something away, is offered. */
const UNDO_MS = 10_000

export interface BulkRun {
  readonly action: StartBulkJobBody['action']
  readonly selection: BulkSelectionDto
  /** `3 traces`. */
  readonly what: string
}

/** What will happen to what can be undone until then. */
const SOON: Readonly<Partial<Record<StartBulkJobBody['action']['type'], string>>> = {
  delete: 'will be deleted',
  untag: 'will lose the tags',
}

const DONE: Readonly<Record<StartBulkJobBody['action']['type'], string>> = {
  delete: 'Deleted',
  tag: 'Tagged',
  untag: 'Took the tags from',
  bookmark: 'Changed the bookmark of',
  dataset: 'Added to the dataset:',
}

/** Does it in the background of the server and says how it ended. @throws ApiError */
export async function runBulk(
  client: QueryClient,
  table: ExplorerState,
  { action, selection, what }: BulkRun,
): Promise<void> {
  const { refresh } = table
  const project = table.project.id
  const soon = SOON[action.type]
  const delayMs = soon === undefined ? 0 : UNDO_MS
  const started = await startBulkJob(project, { action, selection, delayMs })
  const { id } = started
  if (soon !== undefined)
    showToast({
      text: `${what} ${soon} in 10 seconds.`,
      action: { label: 'Undo', run: () => void undo(project, { id, refresh }) },
      durationMs: delayMs,
    })
  void client.invalidateQueries({ queryKey: bulkJobsQuery(project).queryKey })
  const { state, error } = await bulkJobEnd(project, id)
  if (state === 'done') {
    const opposite = oppositeOf(started)
    const offer = opposite && {
      action: { label: 'Undo', run: () => void takeBack(client, table, opposite) },
      durationMs: UNDO_MS,
    }
    showToast({ text: `${DONE[action.type]} ${what}.`, ...offer })
    refresh()
  } else if (state === 'failed') showToast({ text: `It failed: ${error ?? 'no reason given'}`, tone: 'error' })
}

/** Does the opposite to what was changed, at once. */
async function takeBack(
  client: QueryClient,
  { project: { id: project }, refresh }: ExplorerState,
  opposite: BulkOrder,
): Promise<void> {
  try {
    const { id } = await startBulkJob(project, opposite)
    void client.invalidateQueries({ queryKey: bulkJobsQuery(project).queryKey })
    const { state, error } = await bulkJobEnd(project, id)
    if (state === 'done') showToast({ text: 'Undone.' })
    else showToast({ text: `It could not be undone: ${error ?? state}`, tone: 'error' })
    refresh()
  } catch (error) {
    showToast({ text: error instanceof Error ? error.message : String(error), tone: 'error' })
  }
}

interface StartedJob extends Pick<ExplorerState, 'refresh'> {
  readonly id: string
}

/** A toast that is pointed at stays longer than the work waits. */
async function undo(project: string, { id, refresh }: StartedJob): Promise<void> {
  try {
    const { hadBegun } = await cancelBulkJob(project, id)
    showToast({ text: hadBegun ? 'Stopped: what was done by then stays done.' : 'Undone: nothing was changed.' })
    if (hadBegun) refresh()
  } catch (error) {
    showToast({ text: error instanceof Error ? error.message : String(error), tone: 'error' })
  }
}
