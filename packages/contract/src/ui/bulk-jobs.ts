import { z } from 'zod'
import { Id, Instant, storable } from '#fields.ts'

const MAX_IDS = 10_000

export const BulkActionDto = z.discriminatedUnion('type', [
  z.object({ type: z.literal('delete') }),
  /** A tag that is taken away stays away, whatever programs send, until somebody sets it again. */
  z.object({ type: z.enum(['tag', 'untag']), tags: z.array(storable(200).min(1)).min(1).max(20) }),
  z.object({ type: z.literal('bookmark'), isBookmarked: z.boolean() }),
  /** An item of the dataset, which is there, from each trace; `from` says so where the selection is of observations. */
  z.object({
    type: z.literal('dataset'),
    datasetName: z.string().min(1).max(500),
    from: z.literal('observations').optional(),
  }),
])
export type BulkActionDto = z.infer<typeof BulkActionDto>

/** Traces, or observations, by id, or all that a filter finds but a few. */
export const BulkSelectionDto = z.union([
  z.strictObject({ ids: z.array(Id).min(1).max(MAX_IDS) }),
  z.strictObject({
    /** The filter array of the public API, as JSON. */
    filter: z.string().max(100_000),
    from: Instant,
    /** Exclusive. */
    to: Instant,
    except: z.array(Id).max(MAX_IDS),
  }),
])
export type BulkSelectionDto = z.infer<typeof BulkSelectionDto>

export const StartBulkJobBody = z.strictObject({
  action: BulkActionDto,
  selection: BulkSelectionDto,
  /** Milliseconds in which it can still be undone as a whole. */
  delayMs: z.int().min(0).max(60_000).default(0),
})
export type StartBulkJobBody = z.output<typeof StartBulkJobBody>

export const BulkJobDto = z.object({
  id: z.string(),
  action: BulkActionDto,
  state: z.enum(['waiting', 'running', 'done', 'cancelled', 'failed']),
  done: z.int(),
  /** When it was asked for. */
  total: z.int(),
  error: z.string().nullable(),
  /** Milliseconds since the epoch. */
  notBefore: z.number(),
  createdAt: z.number(),
})
export type BulkJobDto = z.infer<typeof BulkJobDto>

/**
 * `changes` are the traces that it changes, so that its opposite takes it back from just those; null where that is not
 * known, as of what a filter finds.
 */
export const StartedBulkJobDto = BulkJobDto.extend({ changes: z.array(z.string()).nullable() })
export type StartedBulkJobDto = z.infer<typeof StartedBulkJobDto>

/** `hadBegun` says that some of it may have been done before it was cancelled; what was stays done. */
export const CancelledBulkJobDto = BulkJobDto.extend({ hadBegun: z.boolean() })
export type CancelledBulkJobDto = z.infer<typeof CancelledBulkJobDto>

export const BulkJobsDto = z.object({ jobs: z.array(BulkJobDto) })
export type BulkJobsDto = z.infer<typeof BulkJobsDto>

export const BulkJobParams = z.object({ projectId: z.string(), jobId: z.string() })
