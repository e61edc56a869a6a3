import type { MediaRecords } from '#catalog/media.ts'
import type { MediaUrlDeps } from '#http/media-urls.ts'
import type { MediaStore } from '#media/media-store.ts'

export interface MediaDeps extends MediaUrlDeps {
  readonly media: MediaRecords
  readonly store: MediaStore
  /** Largest bytes that can be announced. */
  readonly maxBytes: number
}
