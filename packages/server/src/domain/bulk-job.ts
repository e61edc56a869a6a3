import type { ProjectId } from '#domain/ids.ts'

/** What is done to every trace of a selection; items of a dataset can be made from a selection of observations, too. */
export type BulkAction =
  | { readonly type: 'delete' }
  | { readonly type: 'tag' | 'untag'; readonly tags: readonly string[] }
  | { readonly type: 'bookmark'; readonly isBookmarked: boolean }
  | { readonly type: 'dataset'; readonly datasetName: string; readonly from?: 'observations' | undefined }

/** The traces that are meant: some by id, or all that a filter finds but a few. */
export type BulkSelection =
  | { readonly ids: readonly string[] }
  | {
      /** The filter array of the public API, as JSON. */
      readonly filter: string
      /** ISO 8601 instants; `to` is exclusive, so that what arrives meanwhile is left alone. */
      readonly from: string
      readonly to: string
      readonly except: readonly string[]
    }

export const BULK_STATES = ['waiting', 'running', 'done', 'cancelled', 'failed'] as const
export type BulkState = (typeof BULK_STATES)[number]

/** Work on many traces, done in the background; it outlives the process. */
export interface BulkJob {
  readonly id: string
  readonly projectId: ProjectId
  readonly action: BulkAction
  readonly selection: BulkSelection
  readonly state: BulkState
  /** Traces done so far. */
  readonly done: number
  /** Traces that there were to do when it was asked for. */
  readonly total: number
  /** Where it goes on; undefined at the beginning. */
  readonly cursor: string | undefined
  /** Why it failed. */
  readonly error: string | undefined
  /** Who asked for it, as `Origin.apiKey` names them. */
  readonly requestedBy: string
  /** Milliseconds since the epoch, as are all: not begun before, so that it can be undone until then. */
  readonly notBefore: number
  readonly createdAt: number
  readonly updatedAt: number
  /** In a row, since it last got on. */
  readonly failures: number
}

/** What the ids of a job's selection are of. */
export const selectedBy = (action: BulkAction): 'traces' | 'observations' =>
  action.type === 'dataset' ? (action.from ?? 'traces') : 'traces'

/** What people put on a trace from a table. */
export interface TraceMarks {
  readonly id: string
  readonly tags: readonly string[]
  readonly isBookmarked: boolean
}

/**
 * The traces that an action would change, of which its opposite would leave each as it is now; undefined where it
 * would not: of an action without an opposite, and where a trace has some of the tags but not all.
 */
export function changedBy(action: BulkAction, traces: readonly TraceMarks[]): readonly string[] | undefined {
  if (action.type === 'bookmark') return idsOf(traces.filter((trace) => trace.isBookmarked !== action.isBookmarked))
  if (action.type !== 'tag') return undefined
  const hasAny = traces.filter(({ tags }) => action.tags.some((tag) => tags.includes(tag)))
  const isClear = hasAny.every(({ tags }) => action.tags.every((tag) => tags.includes(tag)))
  return isClear ? idsOf(traces.filter((trace) => !hasAny.includes(trace))) : undefined
}

const idsOf = (traces: readonly TraceMarks[]) => traces.map(({ id }) => id)
