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

/** Failures in a row after which a job is given up: with the pauses between them, about an hour. */
const MAX_FAILURES = 20
const FIRST_PAUSE_MS = 1000
const MAX_PAUSE_MS = 5 * 60 * 1000

/**
 * Runs all jobs that are due. A job whose work is refused for good has failed; one that meets a passing trouble is due
 * again later, and has failed when it meets nothing else. @throws the passing trouble, for the log
 */
export async function runDueJobs(jobs: BulkJobs, work: BulkWork, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const job = await jobs.claim()
    if (!job) return
    await runJob({ jobs, work, signal }, job)
  }
}

interface Runner {
  readonly jobs: BulkJobs
  readonly work: BulkWork
  readonly signal: AbortSignal
}

async function runJob(runner: Runner, claimed: BulkJob): Promise<void> {
  let job: BulkJob | undefined = claimed
  while (job && !runner.signal.aborted) job = await runPage(runner, job)
}

/** Gives the job as it goes on; undefined when it is over. */
async function runPage(runner: Runner, job: BulkJob): Promise<BulkJob | undefined> {
  try {
    return await takePage(runner, job)
  } catch (error) {
    await settle(runner, job, error)
    return undefined
  }
}

async function takePage({ jobs, work }: Runner, job: BulkJob): Promise<BulkJob | undefined> {
  const { ids, cursor } = await work.page(job)
  await work.apply(job, ids)
  const done = job.done + ids.length
  const isWanted = await jobs.advance(job, { done, cursor })
  return isWanted && cursor !== undefined ? { ...job, done, cursor, failures: 0 } : undefined
}

/** @throws the error, unless it is for good; of a stop, without counting it */
async function settle({ jobs, signal }: Runner, job: BulkJob, error: unknown): Promise<void> {
  const failure = error instanceof AppError ? error : new AppError('internal', undefined, { cause: error })
  if (!failure.retryable) return await jobs.fail(job, failure.message)
  if (signal.aborted) throw error
  const failures = job.failures + 1
  if (failures < MAX_FAILURES) await jobs.putOff(job, Math.min(MAX_PAUSE_MS, FIRST_PAUSE_MS * 2 ** job.failures))
  else await jobs.fail(job, lastWords(failure))
  throw error
}

const lastWords = ({ publicMessage }: AppError): string =>
  `Given up after ${MAX_FAILURES} attempts: ${publicMessage}. The log of the server says more.`
