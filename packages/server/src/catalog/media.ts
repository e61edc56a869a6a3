import { createHash } from 'node:crypto'
import type { Selectable } from 'kysely'
import { type ProjectId, projectId } from '#domain/ids.ts'
import { type Media, type MediaContent, type MediaFinder, mediaIdOf, type UploadFailure } from '#domain/media.ts'
import type { CatalogDb, CatalogTables } from './database.ts'
import { forgetUnusedMedia, type MediaPlace, releaseMedia } from './unused-media.ts'

/** Where a client said that it uses the media: a field of a trace, of an observation, or of a dataset item. */
export interface MediaUse {
  readonly traceId?: string | undefined
  readonly observationId?: string | undefined
  readonly datasetId?: string | undefined
  readonly datasetItemId?: string | undefined
  readonly field: string
}

/** What is known of media; the bytes are in a `MediaStore`. */
export interface MediaRecords extends MediaFinder {
  /**
   * Notes that the bytes will come, and where they are used; of bytes that are here already only the use.
   * Gives the media as it stands, which for bytes that are here may have another content type.
   */
  announce(projectId: ProjectId, content: MediaContent, use: MediaUse): Promise<Media>
  /** Notes that the bytes arrived and are what `content` says; an earlier content type is forgotten. */
  markUploaded(projectId: ProjectId, content: MediaContent): Promise<void>
  /**
   * Notes what the client says of its upload: when it ended, or why it failed. Of bytes that are here no failure
   * is noted, of bytes that are not no end. False when the project has no such media.
   */
  report(projectId: ProjectId, id: string, outcome: { readonly uploadedAt: number } | UploadFailure): Promise<boolean>
  /**
   * Forgets media whose last use was announced before `before` (milliseconds since the epoch) and that no dataset item
   * uses, up to a thousand; gives their SHA-256 in base64, for the bytes to be removed.
   */
  forgetUnused(projectId: ProjectId, before: number): Promise<string[]>
  /**
   * Forgets that a place which is deleted used media, and the media that nothing uses any more; gives their SHA-256
   * in base64, for the bytes to be removed.
   */
  release(projectId: ProjectId, place: MediaPlace): Promise<string[]>
}

export function createMediaRecords(db: CatalogDb, now: () => number): MediaRecords {
  const byIds: MediaRecords['byIds'] = async (project, ids) => {
    if (ids.length === 0) return []
    const own = db.selectFrom('media').selectAll().where('project_id', '=', project)
    return (await own.where('id', 'in', ids).execute()).map(fromRow)
  }
  return {
    byIds,
    announce: async (project, content, use) => {
      const row = newRow(project, content, now())
      await insertAnnounced(db, row)
      await insertUse(db, { ...useRow(row, use), created_at: row.created_at })
      const [media = fromRow(row)] = await byIds(project, [row.id])
      return media
    },
    markUploaded: async (project, content) => {
      const at = now()
      const row = { ...newRow(project, content, at), uploaded_at: at }
      const { created_at: _, ...changed } = row
      const insert = db.insertInto('media').values(row)
      await insert.onConflict((conflict) => conflict.columns(['project_id', 'id']).doUpdateSet(changed)).execute()
    },
    report: async (project, id, outcome) => {
      const own = db.updateTable('media').where('project_id', '=', project).where('id', '=', id)
      const isUploaded = 'uploadedAt' in outcome
      const update = own.where('uploaded_at', isUploaded ? 'is not' : 'is', null)
      const done = await update.set({ ...reportedColumns(outcome), updated_at: now() }).executeTakeFirst()
      return done.numUpdatedRows > 0n || (await byIds(project, [id])).length > 0
    },
    forgetUnused: (project, before) => forgetUnusedMedia(db, project, before),
    release: (project, place) => releaseMedia(db, project, place),
  }
}

type MediaRow = Selectable<CatalogTables['media']>

function newRow(project: ProjectId, content: MediaContent, at: number): MediaRow {
  return {
    project_id: project,
    id: mediaIdOf(content.sha256),
    sha256: content.sha256,
    content_type: content.contentType,
    content_length: content.contentLength,
    uploaded_at: null,
    failed_http_status: null,
    failed_message: null,
    created_at: at,
    updated_at: at,
  }
}

/** What a client says while the bytes are not here replaces what was said before. */
async function insertAnnounced(db: CatalogDb, row: MediaRow): Promise<void> {
  const { sha256, content_type, content_length, updated_at } = row
  await db
    .insertInto('media')
    .values(row)
    .onConflict((conflict) =>
      conflict
        .columns(['project_id', 'id'])
        .doUpdateSet({ sha256, content_type, content_length, updated_at })
        .where('media.uploaded_at', 'is', null),
    )
    .execute()
}

/** Ids of traces can be longer than an index takes; the digest of a use always fits. */
function useRow(media: MediaRow, use: MediaUse): Omit<Selectable<CatalogTables['media_links']>, 'created_at'> {
  const place = [use.traceId, use.observationId, use.datasetId, use.datasetItemId].map((id) => id ?? null)
  const [trace_id = null, observation_id = null, dataset_id = null, dataset_item_id = null] = place
  const { project_id, id: media_id } = media
  const digest = createHash('sha256').update(JSON.stringify([project_id, media_id, ...place, use.field]))
  const id = digest.digest('hex')
  return { id, project_id, media_id, trace_id, observation_id, dataset_id, dataset_item_id, field: use.field }
}

async function insertUse(db: CatalogDb, row: Selectable<CatalogTables['media_links']>): Promise<void> {
  const insert = db.insertInto('media_links').values(row)
  await insert.onConflict((conflict) => conflict.column('id').doNothing()).execute()
}

function reportedColumns(outcome: { readonly uploadedAt: number } | UploadFailure) {
  if ('uploadedAt' in outcome) return { uploaded_at: outcome.uploadedAt }
  return { failed_http_status: outcome.httpStatus, failed_message: outcome.message ?? null }
}

function fromRow(row: MediaRow): Media {
  const status = row.failed_http_status
  return {
    id: row.id,
    projectId: projectId(row.project_id),
    sha256: row.sha256,
    contentType: row.content_type,
    contentLength: row.content_length,
    uploadedAt: row.uploaded_at ?? undefined,
    failure: status === null ? undefined : { httpStatus: status, message: row.failed_message ?? undefined },
  }
}
