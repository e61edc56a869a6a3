import { randomUUID } from 'node:crypto'
import type { Selectable } from 'kysely'
import { z } from 'zod'
import { BULK_STATES, type BulkJob } from '#domain/bulk-job.ts'
import { type ProjectId, projectId } from '#domain/ids.ts'
import type { CatalogDb, CatalogTables } from './database.ts'

export type NewBulkJob = Pick<BulkJob, 'action' | 'selection' | 'total' | 'requestedBy' | 'notBefore'>

/** How far a job is; without a cursor, at its end. */
export interface BulkProgress {
  readonly done: number
  readonly cursor: string | undefined
}

/** In the order in which a job goes through them; it never goes back. */
const OPEN_STATES = ['waiting', 'running'] as const
type OpenState = (typeof OPEN_STATES)[number]

export interface BulkJobs {
  create(projectId: ProjectId, job: NewBulkJob): Promise<BulkJob>
  byId(projectId: ProjectId, id: string): Promise<BulkJob | undefined>
  /** Those of the last day, the newest first; a hundred at most. */
  recent(projectId: ProjectId): Promise<BulkJob[]>
  /**
   * What has been done stays done. Gives the state that it was in: nothing was done by a job that waited. Undefined for
   * a job that is over, or not there.
   */
  cancel(projectId: ProjectId, id: string): Promise<OpenState | undefined>
  /**
   * The job that has been due for longest, now running for the one caller that gets it; jobs whose process ended are due
   * again, and so are those that were put off, when their time has come.
   */
  claim(): Promise<BulkJob | undefined>
  /**
   * Forgets the failures before. The last step ends the job as it is counted, so that none is taken up again when all is
   * done. False when the job was cancelled meanwhile.
   */
  advance(job: BulkJob, progress: BulkProgress): Promise<boolean>
  /** Counts a failure; the job goes on to run, and is due again after so many milliseconds. */
  putOff(job: BulkJob, pauseMs: number): Promise<void>
  /** Ends a job that was not cancelled. */
  fail(job: BulkJob, error: string): Promise<void>
}

/** A running job that says nothing for so long has lost its process. */
const LOST_AFTER_MS = 60_000
const DAY_MS = 24 * 60 * 60 * 1000

export function createBulkJobs(db: CatalogDb, now: () => number): BulkJobs {
  const own = (project: ProjectId) => db.selectFrom('bulk_jobs').selectAll().where('project_id', '=', project)
  const changeRunning = async ({ id }: BulkJob, change: RunningChange) => {
    const { numUpdatedRows } = await db
      .updateTable('bulk_jobs')
      .set({ ...change, updated_at: now() })
      .where('id', '=', id)
      .where('state', '=', 'running')
      .executeTakeFirstOrThrow()
    return numUpdatedRows > 0n
  }
  return {
    create: async (project, job) => {
      const at = now()
      const row = {
        id: randomUUID(),
        project_id: project,
        action: JSON.stringify(job.action),
        selection: JSON.stringify(job.selection),
        state: 'waiting',
        done: 0,
        total: job.total,
        cursor: null,
        error: null,
        requested_by: job.requestedBy,
        not_before: job.notBefore,
        created_at: at,
        updated_at: at,
        failures: 0,
        retry_at: null,
      }
      await db.insertInto('bulk_jobs').values(row).execute()
      return fromRow(row)
    },
    byId: async (project, id) => {
      const row = await own(project).where('id', '=', id).executeTakeFirst()
      return row && fromRow(row)
    },
    recent: async (project) => {
      const young = own(project).where('created_at', '>', now() - DAY_MS)
      return (await young.orderBy('created_at', 'desc').orderBy('id').limit(100).execute()).map(fromRow)
    },
    cancel: async (project, id) => {
      for (const state of OPEN_STATES) {
        const { numUpdatedRows } = await db
          .updateTable('bulk_jobs')
          .set({ state: 'cancelled', updated_at: now() })
          .where('project_id', '=', project)
          .where('id', '=', id)
          .where('state', '=', state)
          .executeTakeFirstOrThrow()
        if (numUpdatedRows > 0n) return state
      }
      return undefined
    },
    claim: () => claim(db, now()),
    advance: (job, { done, cursor }) =>
      changeRunning(job, {
        done,
        failures: 0,
        ...(cursor === undefined ? { cursor: null, state: 'done' } : { cursor }),
      }),
    putOff: async (job, pauseMs) => {
      await changeRunning(job, { failures: job.failures + 1, retry_at: now() + pauseMs })
    },
    fail: async (job, error) => {
      await changeRunning(job, { state: 'failed', error })
    },
  }
}

async function claim(db: CatalogDb, at: number): Promise<BulkJob | undefined> {
  const due = await db
    .selectFrom('bulk_jobs')
    .select(['id', 'state', 'updated_at'])
    .where((eb) =>
      eb.or([
        eb.and([eb('state', '=', 'waiting'), eb('not_before', '<=', at)]),
        eb.and([eb('state', '=', 'running'), eb('retry_at', 'is', null), eb('updated_at', '<', at - LOST_AFTER_MS)]),
        eb.and([eb('state', '=', 'running'), eb('retry_at', '<=', at)]),
      ]),
    )
    .orderBy('not_before')
    .orderBy('id')
    .executeTakeFirst()
  if (!due) return undefined
  // Another process may have seen the same job: the one that changes the row has it.
  const row = await db
    .updateTable('bulk_jobs')
    .set({ state: 'running', updated_at: at, retry_at: null })
    .where('id', '=', due.id)
    .where('state', '=', due.state)
    .where('updated_at', '=', due.updated_at)
    .returningAll()
    .executeTakeFirst()
  return row && fromRow(row)
}

type Row = Selectable<CatalogTables['bulk_jobs']>
type RunningChange = Partial<Pick<Row, 'done' | 'cursor' | 'state' | 'error' | 'failures' | 'retry_at'>>

const Action = z.discriminatedUnion('type', [
  z.object({ type: z.literal('delete') }),
  z.object({ type: z.enum(['tag', 'untag']), tags: z.array(z.string()) }),
  z.object({ type: z.literal('bookmark'), isBookmarked: z.boolean() }),
  z.object({ type: z.literal('dataset'), datasetName: z.string(), from: z.literal('observations').optional() }),
])
const Selection = z.union([
  z.object({ ids: z.array(z.string()) }),
  z.object({ filter: z.string(), from: z.string(), to: z.string(), except: z.array(z.string()) }),
])
const State = z.enum(BULK_STATES)

const fromRow = (row: Row): BulkJob => ({
  id: row.id,
  projectId: projectId(row.project_id),
  action: Action.parse(JSON.parse(row.action)),
  selection: Selection.parse(JSON.parse(row.selection)),
  state: State.parse(row.state),
  done: row.done,
  total: row.total,
  cursor: row.cursor ?? undefined,
  error: row.error ?? undefined,
  requestedBy: row.requested_by,
  notBefore: row.not_before,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
  failures: row.failures,
})
