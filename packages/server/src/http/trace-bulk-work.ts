import { type BulkAction, type BulkJob, selectedBy } from '#domain/bulk-job.ts'
import type { Change, Origin } from '#domain/change.ts'
import { traceId } from '#domain/ids.ts'
import type { Accept } from '#ingest/accept.ts'
import type { BulkWork } from '#jobs/bulk-work.ts'
import { type DatasetFilling, fillDataset } from '#jobs/fill-dataset.ts'
import { findPlaces } from '#query/explore/find-places.ts'
import { findTraceIds } from '#query/find-trace-ids.ts'
import { listToken, parseListToken } from '#query/page-token.ts'
import { findObservationContents, findTraceContents } from '#query/recorded-contents.ts'
import type { Engine } from '#store/engine.ts'
import { nanosOf, parseFilters } from './filter-params.ts'
import type { ReleaseMedia } from './release-media.ts'

interface Deps extends Pick<DatasetFilling, 'datasets' | 'datasetItems'> {
  readonly engine: Engine
  readonly accept: Accept
  readonly releaseMedia: ReleaseMedia
  /** Milliseconds since the epoch. */
  readonly now: () => number
}

const PAGE = 500
/** Whose payloads are held at once. */
const PAGE_WITH_PAYLOADS = 20

/** Deletes, tags, untags and bookmarks traces through the same log as every other change, and fills datasets from them or from observations. */
export function createTraceBulkWork({ engine, accept, releaseMedia, now, ...stores }: Deps): BulkWork {
  const contentsOf: DatasetFilling['contentsOf'] = ({ projectId, from }, ids) =>
    (from === 'observations' ? findObservationContents : findTraceContents)({ engine, projectId, lane: 'heavy' }, ids)
  return {
    page: async ({ action, projectId, selection, cursor, done }) => {
      const limit = action.type === 'dataset' ? PAGE_WITH_PAYLOADS : PAGE
      if ('ids' in selection) {
        const ids = selection.ids.slice(done, done + limit)
        return { ids, cursor: done + limit < selection.ids.length ? String(done + limit) : undefined }
      }
      const places = await findPlaces(
        { engine, projectId, lane: 'heavy' },
        {
          view: selectedBy(action),
          filters: parseFilters(selection.filter),
          from: nanosOf(selection.from),
          to: nanosOf(selection.to),
          cursor: cursor === undefined ? undefined : parseListToken(cursor),
          limit,
          now: now(),
        },
      )
      const last = places.at(-1)
      const except = new Set(selection.except)
      return {
        ids: places.map(({ id }) => id).filter((id) => !except.has(id)),
        cursor: places.length === limit && last ? listToken({ after: last }) : undefined,
      }
    },
    apply: async (job, ids) => {
      const { action } = job
      if (action.type === 'dataset')
        return await fillDataset({ ...stores, contentsOf }, { projectId: job.projectId, ...action }, ids)
      // A tag would make a trace of one that was deleted meanwhile; a removal may be repeated.
      const reader = { engine, projectId: job.projectId, lane: 'heavy' } as const
      const there = action.type === 'delete' ? ids : await findTraceIds(reader, ids)
      await accept(there.map((id) => changeOf({ ...job, action }, id, now())))
      if (action.type === 'delete' && ids.length > 0) await releaseMedia(job.projectId, { traceIds: ids })
    },
  }
}

type ChangingJob = Pick<BulkJob, 'projectId' | 'requestedBy'> & {
  readonly action: Exclude<BulkAction, { readonly type: 'dataset' }>
}

function changeOf({ action, projectId, requestedBy }: ChangingJob, id: string, at: number): Change {
  const origin: Origin = { apiKey: requestedBy, sdkName: 'unknown', sdkVersion: 'unknown', via: 'api' }
  const base = { id: traceId(id), projectId, at, receivedAt: at, origin }
  switch (action.type) {
    case 'delete':
      return { ...base, kind: 'removal', of: 'trace' }
    case 'tag':
      return { ...base, kind: 'trace', isUpdate: true, setTags: action.tags }
    case 'untag':
      return { ...base, kind: 'trace', isUpdate: true, removedTags: action.tags }
    case 'bookmark':
      return { ...base, kind: 'trace', isUpdate: true, isBookmarked: action.isBookmarked }
  }
}
