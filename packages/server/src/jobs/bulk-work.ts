/**
 * Does bulk jobs, one after the other and a page of traces at a time, so that each can be watched,
 * cancelled, and gone on with after a restart. What is done to a page may be done again.
 */
import type { BulkJobs } from '#catalog/bulk-jobs.ts'
import type { BulkJob } from '#domain/bulk-job.ts'
import { AppError } from '#domain/errors.ts'

/** The traces of a job, and what is to be done to them. */
export interface BulkWork {
  /** The next traces behind the job's cursor; the last page has no cursor. */
  page(job: BulkJob): Promise<{ readonly ids: readonly string[]; readonly cursor: string | undefined }>
  /** MUST be safe to repeat. */
  apply(job: BulkJob, ids: readonly string[]): Promise<void>
}

/** Runs all jobs that are due. A job whose work is refused for good has failed; one that meets a passing trouble is due again later. */
export async function runDueJobs(jobs: BulkJobs, work: BulkWork, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const job = await jobs.claim()
    if (!job) return
    try {
      await runJob({ jobs, work, signal }, job)
    } catch (error) {
      if (!(error instanceof AppError) || error.retryable) throw error
      await jobs.finish(job, error.message)
    }
  }
}

interface Runner {
  readonly jobs: BulkJobs
  readonly work: BulkWork
  readonly signal: AbortSignal
}

async function runJob({ jobs, work, signal }: Runner, claimed: BulkJob): Promise<void> {
  let job = claimed
  while (!signal.aborted) {
    const { ids, cursor } = await work.page(job)
    await work.apply(job, ids)
    const done = job.done + ids.length
    const isWanted = await jobs.advance(job, { done, cursor })
    if (!isWanted) return
    if (cursor === undefined) return await jobs.finish(job)
    job = { ...job, done, cursor }
  }
}
