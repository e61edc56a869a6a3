import type { MediaRecords } from '#catalog/media.ts'
import type { ProjectId } from '#domain/ids.ts'
import { mediaIdOf } from '#domain/media.ts'
import type { MediaStore } from '#media/media-store.ts'

interface Deps {
  readonly media: Pick<MediaRecords, 'byIds'>
  readonly store: Pick<MediaStore, 'remove'>
}

/** Removes bytes that the catalogue forgot (SHA-256 in base64), but for those that somebody has sent again since. */
export async function removeForgotten(
  { media, store }: Deps,
  projectId: ProjectId,
  forgotten: readonly string[],
): Promise<void> {
  for (const sha256 of forgotten) {
    const isHereAgain = async () => {
      const known = await media.byIds(projectId, [mediaIdOf(sha256)])
      return known.some((each) => each.sha256 === sha256 && each.uploadedAt !== undefined)
    }
    await store.remove({ projectId, sha256 }, isHereAgain)
  }
}
