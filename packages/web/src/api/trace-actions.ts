import { BulkJobDto, type EditTraceBody, type StartBulkJobBody } from '@xtrace/contract'
import { call, callForBody } from './client.ts'
import { projectPath } from './paths.ts'

/** How long a deletion can be undone. */
export const UNDO_MS = 10_000

/** Begins a job over one trace, in the background of the server. */
export async function startTraceJob(
  project: string,
  trace: string,
  { action, delayMs = 0 }: { readonly action: StartBulkJobBody['action']; readonly delayMs?: number },
): Promise<BulkJobDto> {
  return await call(projectPath(project, 'bulk-jobs'), {
    method: 'POST',
    body: { action, selection: { ids: [trace] }, delayMs } satisfies StartBulkJobBody,
    answer: BulkJobDto,
  })
}

/** Undoes a job that waits. */
export async function cancelTraceJob(project: string, job: string): Promise<void> {
  await call(projectPath(project, 'bulk-jobs', job), { method: 'DELETE', answer: BulkJobDto })
}

/** Renames or bookmarks a trace; what is absent stays. */
export async function editTrace(project: string, trace: string, body: EditTraceBody): Promise<void> {
  await callForBody(projectPath(project, 'traces', trace), { method: 'PATCH', body })
}
