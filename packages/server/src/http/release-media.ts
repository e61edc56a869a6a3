import type { MediaRecords } from '#catalog/media.ts'
import type { MediaPlace } from '#catalog/unused-media.ts'
import type { ProjectId } from '#domain/ids.ts'
import { removeForgotten } from '#jobs/remove-media.ts'
import type { MediaStore } from '#media/media-store.ts'

/** Lets go of media with the traces or the dataset item that they were announced for; bytes that nothing uses go too. */
export type ReleaseMedia = (projectId: ProjectId, place: MediaPlace) => Promise<void>

interface Deps {
  readonly media: Pick<MediaRecords, 'byIds' | 'release'>
  readonly store: Pick<MediaStore, 'remove'>
}

export function createReleaseMedia({ media, store }: Deps): ReleaseMedia {
  return async (projectId, place) =>
    await removeForgotten({ media, store }, projectId, await media.release(projectId, place))
}
