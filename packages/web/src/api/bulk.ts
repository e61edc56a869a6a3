import { queryOptions } from '@tanstack/react-query'
import {
  BulkJobDto,
  BulkJobsDto,
  type BulkSelectionDto,
  CancelledBulkJobDto,
  type StartBulkJobBody,
  StartedBulkJobDto,
} from '@xtrace/contract'
import { call } from './client.ts'
import { projectPath } from './paths.ts'

export interface BulkOrder {
  readonly action: StartBulkJobBody['action']
  readonly selection: BulkSelectionDto
  /** In which it can be undone as a whole. */
  readonly delayMs?: number
}

/** Begins a job over many traces, in the background of the server. */
export async function startBulkJob(
  project: string,
  { action, selection, delayMs = 0 }: BulkOrder,
): Promise<StartedBulkJobDto> {
  const body: StartBulkJobBody = { action, selection, delayMs }
  return await call(projectPath(project, 'bulk-jobs'), { method: 'POST', body, answer: StartedBulkJobDto })
}

/** What is done stays done; the answer says whether anything may have been. */
export async function cancelBulkJob(project: string, job: string): Promise<CancelledBulkJobDto> {
  return await call(projectPath(project, 'bulk-jobs', job), { method: 'DELETE', answer: CancelledBulkJobDto })
}

const POLL_MS = 700

const isOver = ({ state }: Pick<BulkJobDto, 'state'>): boolean => state !== 'waiting' && state !== 'running'

/** The jobs of the last day, asked for again and again while one is not over. */
export const bulkJobsQuery = (project: string) =>
  queryOptions({
    queryKey: ['bulk-jobs', project],
    queryFn: async ({ signal }) => await call(projectPath(project, 'bulk-jobs'), { answer: BulkJobsDto, signal }),
    refetchInterval: ({ state: { data } }) => (data?.jobs.every(isOver) === false ? POLL_MS : false),
  })

/** Waits until the job is over. */
export async function bulkJobEnd(project: string, job: string): Promise<BulkJobDto> {
  for (;;) {
    const now = await call(projectPath(project, 'bulk-jobs', job), { answer: BulkJobDto })
    if (isOver(now)) return now
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
}
