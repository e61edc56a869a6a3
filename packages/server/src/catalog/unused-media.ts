import type { ExpressionBuilder } from 'kysely'
import type { ProjectId } from '#domain/ids.ts'
import type { CatalogDb, CatalogTables } from './database.ts'

/** Media forgotten by one call; the rest by the next ones. */
const BATCH = 1000

/**
 * Forgets media of a project that was last announced before `before` (milliseconds since the epoch) and that no
 * dataset item uses or names; gives the SHA-256 (base64) of each. Bytes that were sent once and are used again are
 * announced again, so that the last use is known.
 */
export async function forgetUnusedMedia(db: CatalogDb, project: ProjectId, before: number): Promise<string[]> {
  const forgotten: string[] = []
  for (const { id, sha256 } of await findUnused(db, project, before))
    if (await forget(db, { project, id, before })) forgotten.push(sha256)
  return forgotten
}

/** What is deleted, that media were announced for. */
export type MediaPlace = { readonly traceIds: readonly string[] } | { readonly datasetItemId: string }

/**
 * Forgets the uses of media at a place that is deleted, and the media that nothing else uses or names; gives the
 * SHA-256 (base64) of each of these. Old versions of a dataset item can still be read, so what they name stays.
 */
export async function releaseMedia(db: CatalogDb, project: ProjectId, place: MediaPlace): Promise<string[]> {
  return await db.transaction().execute(async (transaction) => {
    const links = transaction.deleteFrom('media_links').where('project_id', '=', project)
    const ofPlace =
      'traceIds' in place
        ? links.where('trace_id', 'in', place.traceIds)
        : links.where('dataset_item_id', '=', place.datasetItemId)
    const freed = new Set((await ofPlace.returning('media_id').execute()).map(({ media_id }) => media_id))
    return freed.size === 0 ? [] : await forgetUnlinked(transaction, project, [...freed])
  })
}

async function forgetUnlinked(db: CatalogDb, project: ProjectId, ids: readonly string[]): Promise<string[]> {
  const gone = await db
    .deleteFrom('media')
    .where('project_id', '=', project)
    .where('id', 'in', ids)
    .where((eb) => eb.not(eb.exists(linksOf(eb))))
    .where(isNamedByNone)
    .returning('sha256')
    .execute()
  return gone.map(({ sha256 }) => sha256)
}

type OfMedia = ExpressionBuilder<CatalogTables, 'media'>

const linksOf = (eb: OfMedia) =>
  eb
    .selectFrom('media_links')
    .select('media_links.id')
    .whereRef('media_links.project_id', '=', 'media.project_id')
    .whereRef('media_links.media_id', '=', 'media.id')

const isNamedByNone = (eb: OfMedia) =>
  eb.not(
    eb.exists(
      eb
        .selectFrom('dataset_item_media')
        .select('dataset_item_media.media_id')
        .whereRef('dataset_item_media.project_id', '=', 'media.project_id')
        .whereRef('dataset_item_media.media_id', '=', 'media.id'),
    ),
  )

interface Candidate {
  readonly project: ProjectId
  readonly id: string
  readonly before: number
}

function unused(db: CatalogDb, project: ProjectId, before: number) {
  return db
    .selectFrom('media')
    .where('media.project_id', '=', project)
    .where('media.updated_at', '<', before)
    .where(isNamedByNone)
    .where((eb) =>
      eb.not(
        eb.exists(
          linksOf(eb).where((link) =>
            link.or([
              link('media_links.created_at', '>=', before),
              link('media_links.dataset_item_id', 'is not', null),
            ]),
          ),
        ),
      ),
    )
}

function findUnused(db: CatalogDb, project: ProjectId, before: number) {
  return unused(db, project, before).select(['media.id', 'media.sha256']).orderBy('media.id').limit(BATCH).execute()
}

/** One transaction, that looks again: a use may have been announced, or an item written, meanwhile. */
function forget(db: CatalogDb, { project, id, before }: Candidate): Promise<boolean> {
  return db.transaction().execute(async (transaction) => {
    const still = await unused(transaction, project, before).select('media.id').where('media.id', '=', id).execute()
    if (still.length === 0) return false
    const links = transaction.deleteFrom('media_links').where('project_id', '=', project)
    await links.where('media_id', '=', id).execute()
    await transaction.deleteFrom('media').where('project_id', '=', project).where('id', '=', id).execute()
    return true
  })
}
