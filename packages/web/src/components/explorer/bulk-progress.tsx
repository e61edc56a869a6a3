import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { BulkActionDto, BulkJobDto } from '@xtrace/contract'
import { bulkJobsQuery, cancelBulkJob } from '#api/bulk.ts'
import { useAnnounced } from '#components/ui/announcer.tsx'
import { Button } from '#components/ui/button.tsx'
import { showToast } from '#components/ui/toast.tsx'
import { formatCount } from '#lib/format/figures.ts'
import { countText, exactly } from './count-text.ts'
import type { ExplorerState } from './use-explorer.ts'

const DOING: Readonly<Record<BulkActionDto['type'], string>> = {
  delete: 'Deleting',
  tag: 'Tagging',
  untag: 'Taking tags from',
  bookmark: 'Changing the bookmark of',
  dataset: 'Adding to a dataset:',
}

const selectedBy = (action: BulkActionDto) => (action.type === 'dataset' ? action.from : undefined) ?? 'traces'

/** The jobs over many rows that are at work, whoever began them: how far they are, and the way to stop them. */
export function BulkProgress({ table: { project, refresh } }: { readonly table: ExplorerState }) {
  const client = useQueryClient()
  const { data } = useQuery(bulkJobsQuery(project.id))
  const cancel = async ({ id }: BulkJobDto) => {
    try {
      await cancelBulkJob(project.id, id)
      refresh()
    } catch (error) {
      showToast({ text: error instanceof Error ? error.message : String(error), tone: 'error' })
    }
    await client.invalidateQueries({ queryKey: bulkJobsQuery(project.id).queryKey })
  }
  return data?.jobs
    .filter(({ state }) => state === 'running')
    .map((job) => <JobProgress key={job.id} job={job} onCancel={() => void cancel(job)} />)
}

function JobProgress({ job, onCancel }: { readonly job: BulkJobDto; onCancel(): void }) {
  const { id, action, total, done } = job
  const text = `${DOING[action.type]} ${countText(exactly(total), selectedBy(action))}: ${formatCount(done)} done`
  useAnnounced(id, text)
  return (
    <div className="flex h-10 shrink-0 items-center gap-3 border-b bg-sunken px-3 text-12">
      <span className="tabular whitespace-nowrap text-text-2">{text}</span>
      <progress value={done} max={Math.max(total, 1)} aria-label="Done so far" className="h-1.5 w-40" />
      <Button onClick={onCancel} title="What is done stays done">
        Cancel
      </Button>
    </div>
  )
}
