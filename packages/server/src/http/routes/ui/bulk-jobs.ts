import {
  type BulkJobDto,
  BulkJobParams,
  type BulkJobsDto,
  type CancelledBulkJobDto,
  StartBulkJobBody,
  type StartedBulkJobDto,
} from '@xtrace/contract'
import type { BulkJobs } from '#catalog/bulk-jobs.ts'
import type { Datasets } from '#catalog/datasets.ts'
import { type BulkAction, type BulkJob, type BulkSelection, changedBy, selectedBy } from '#domain/bulk-job.ts'
import { AppError } from '#domain/errors.ts'
import { nanosOf, parseFilters } from '#http/filter-params.ts'
import { jsonBody } from '#http/json-body.ts'
import { readerOf } from '#http/read-deps.ts'
import type { Route } from '#http/route.ts'
import { uiRoute } from '#http/ui-route.ts'
import type { ExploredView } from '#query/explore/explored-view.ts'
import { findHistogram } from '#query/explore/histogram.ts'
import { findTraceMarks } from '#query/find-trace-marks.ts'
import type { Reader } from '#query/reader.ts'
import type { Engine } from '#store/engine.ts'
import type { Logger } from '#telemetry/logger.ts'
import { auditOf } from './audit.ts'

interface Deps {
  readonly bulkJobs: BulkJobs
  readonly datasets: Datasets
  readonly engine: Engine
  readonly logger: Logger
}

/** Work on many traces at once: asked for here, done by jobs/bulk-work.ts. */
export function bulkJobRoutes({ bulkJobs, datasets, engine, logger }: Deps): Route[] {
  return [
    uiRoute({
      method: 'POST',
      path: '/bulk-jobs',
      summary: 'Do something to many traces',
      // What was acknowledged before is among them.
      isRead: true,
      handle: async (request) => {
        const { action, selection, delayMs } = StartBulkJobBody.parse(await jsonBody(request))
        const { caller, receivedAt } = request
        if (action.type === 'dataset' && !(await datasets.byName(caller.projectId, action.datasetName)))
          throw new AppError('not_found', `There is no dataset "${action.datasetName}" in this project`)
        const reader = readerOf(request, engine)
        // Before it is done.
        const changes = await changesOf(reader, action, selection)
        const job = await bulkJobs.create(caller.projectId, {
          action,
          selection,
          total: await countOf(reader, selectedBy(action), selection),
          requestedBy: caller.publicKey,
          notBefore: receivedAt + delayMs,
        })
        const { id: jobId, total } = job
        logger.info({ ...auditOf(request, 'bulk_job_started'), jobId, action, total }, 'Began a job over many traces')
        return { status: 201, body: { ...toDto(job), changes: changes ?? null } satisfies StartedBulkJobDto }
      },
    }),
    uiRoute({
      method: 'GET',
      path: '/bulk-jobs',
      summary: 'The jobs of the last day',
      handle: async ({ caller }) => {
        const jobs = await bulkJobs.recent(caller.projectId)
        return { body: { jobs: jobs.map(toDto) } satisfies BulkJobsDto }
      },
    }),
    uiRoute({
      method: 'GET',
      path: '/bulk-jobs/:jobId',
      summary: 'How far a job is',
      params: BulkJobParams,
      handle: async ({ caller, params }) => {
        const job = await bulkJobs.byId(caller.projectId, params.jobId)
        if (!job) throw noJob(params.jobId)
        return { body: toDto(job) }
      },
    }),
    uiRoute({
      method: 'DELETE',
      path: '/bulk-jobs/:jobId',
      summary: 'Cancel a job; what it has done stays done',
      params: BulkJobParams,
      handle: async (request) => {
        const { caller, params } = request
        const state = await bulkJobs.cancel(caller.projectId, params.jobId)
        const job = await bulkJobs.byId(caller.projectId, params.jobId)
        if (!job) throw noJob(params.jobId)
        if (!state) throw new AppError('conflict', `Job ${params.jobId} is over already: ${job.state}`)
        logger.info({ ...auditOf(request, 'bulk_job_cancelled'), jobId: job.id, done: job.done }, 'Cancelled a job')
        return { body: { ...toDto(job), hadBegun: state === 'running' } satisfies CancelledBulkJobDto }
      },
    }),
  ]
}

const noJob = (id: string) => new AppError('not_found', `There is no job ${id} in this project`)

/** How many rows there are to do. @throws AppError `bad_request` for a filter that says nothing of the view */
async function countOf(reader: Reader, view: ExploredView, selection: BulkSelection): Promise<number> {
  if ('ids' in selection) return selection.ids.length
  const { filter, from, to, except } = selection
  const question = { view, filters: parseFilters(filter), from: nanosOf(from), to: nanosOf(to) }
  const { total } = await findHistogram(reader, question)
  return Math.max(0, total - except.length)
}

/** By hand few rows are chosen; of more it is not looked up which of them an action changes. */
const MOST_LOOKED_UP = 500

async function changesOf(reader: Reader, action: BulkAction, selection: BulkSelection): Promise<string[] | undefined> {
  if (action.type !== 'tag' && action.type !== 'bookmark') return undefined
  if (!('ids' in selection) || selection.ids.length > MOST_LOOKED_UP) return undefined
  const changed = changedBy(action, await findTraceMarks(reader, selection.ids))
  return changed && [...changed]
}

const toDto = ({ id, action, state, done, total, error, notBefore, createdAt }: BulkJob): BulkJobDto => ({
  id,
  action: toActionDto(action),
  state,
  done,
  total,
  error: error ?? null,
  notBefore,
  createdAt,
})

const toActionDto = (action: BulkAction): BulkJobDto['action'] =>
  'tags' in action ? { type: action.type, tags: [...action.tags] } : action
