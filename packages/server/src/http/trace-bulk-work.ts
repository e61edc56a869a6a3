import type { BulkJob } from '#domain/bulk-job.ts'
import type { Change, Origin } from '#domain/change.ts'
import { traceId } from '#domain/ids.ts'
import type { Accept } from '#ingest/accept.ts'
import type { BulkWork } from '#jobs/bulk-work.ts'
import { findTracePlaces } from '#query/explore/find-trace-places.ts'
import { listToken, parseListToken } from '#query/page-token.ts'
import type { Engine } from '#store/engine.ts'
import { nanosOf, parseFilters } from './filter-params.ts'
import type { ReleaseMedia } from './release-media.ts'

interface Deps {
  readonly engine: Engine
  readonly accept: Accept
  readonly releaseMedia: ReleaseMedia
  /** Milliseconds since the epoch. */
  readonly now: () => number
}

const PAGE = 500

/** Deletes, tags and bookmarks traces through the same log as every other change. */
export function createTraceBulkWork({ engine, accept, releaseMedia, now }: Deps): BulkWork {
  return {
    page: async ({ projectId, selection, cursor, done }) => {
      if ('ids' in selection) {
        const ids = selection.ids.slice(done, done + PAGE)
        return { ids, cursor: done + PAGE < selection.ids.length ? String(done + PAGE) : undefined }
      }
      const places = await findTracePlaces(
        { engine, projectId, lane: 'heavy' },
        {
          filters: parseFilters(selection.filter),
          from: nanosOf(selection.from),
          to: nanosOf(selection.to),
          cursor: cursor === undefined ? undefined : parseListToken(cursor),
          limit: PAGE,
          now: now(),
        },
      )
      const last = places.at(-1)
      const except = new Set(selection.except)
      return {
        ids: places.map(({ id }) => id).filter((id) => !except.has(id)),
        cursor: places.length === PAGE && last ? listToken({ after: last }) : undefined,
      }
    },
    apply: async (job, ids) => {
      await accept(ids.map((id) => changeOf(job, id, now())))
      if (job.action.type === 'delete' && ids.length > 0) await releaseMedia(job.projectId, { traceIds: ids })
    },
  }
}

function changeOf({ action, projectId, requestedBy }: BulkJob, id: string, at: number): Change {
  const origin: Origin = { apiKey: requestedBy, sdkName: 'unknown', sdkVersion: 'unknown', via: 'api' }
  const base = { id: traceId(id), projectId, at, receivedAt: at, origin }
  switch (action.type) {
    case 'delete':
      return { ...base, kind: 'removal', of: 'trace' }
    case 'tag':
      return { ...base, kind: 'trace', isUpdate: true, tags: action.tags }
    case 'bookmark':
      return { ...base, kind: 'trace', isUpdate: true, isBookmarked: action.isBookmarked }
  }
}
