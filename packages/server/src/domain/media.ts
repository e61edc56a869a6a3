import type { ProjectId } from '#domain/ids.ts'

/** A picture, sound or document that payloads refer to by its id (public-api contract §16). */
export interface Media {
  readonly id: string
  readonly projectId: ProjectId
  /** SHA-256 of its bytes in base64, 44 characters. */
  readonly sha256: string
  readonly contentType: string
  /** Bytes. */
  readonly contentLength: number
  /** When the bytes arrived and were found to be those announced, in milliseconds since the epoch; undefined before. */
  readonly uploadedAt: number | undefined
  /** What a client said of an upload that went wrong. */
  readonly failure: UploadFailure | undefined
}

/** What a client announces of the bytes before it sends them. */
export type MediaContent = Pick<Media, 'sha256' | 'contentType' | 'contentLength'>

export interface UploadFailure {
  readonly httpStatus: number
  readonly message: string | undefined
}

/** Finds media by id; ids that the project does not have are left out. The order is not that of the ids. */
export interface MediaFinder {
  byIds(projectId: ProjectId, ids: readonly string[]): Promise<Media[]>
}

/**
 * The id of the bytes with this SHA-256 (base64). Clients compute the same and refuse any other
 * (langfuse-ingestion contract §6.1).
 */
export function mediaIdOf(sha256: string): string {
  return sha256.slice(0, 22).replaceAll('+', '-').replaceAll('/', '_')
}
