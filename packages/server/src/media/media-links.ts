import { createHmac, timingSafeEqual } from 'node:crypto'
import type { ProjectId } from '#domain/ids.ts'
import type { MediaContent } from '#domain/media.ts'

/** How long a link works (langfuse-ingestion contract §6.1). */
export const LINK_TTL_MS = 60 * 60 * 1000

/** What a link lets its holder do until `expires`, in milliseconds since the epoch: put these bytes, or get them. */
export interface UploadGrant extends MediaContent {
  readonly projectId: ProjectId
  readonly expires: number
}

export interface DownloadGrant {
  readonly projectId: ProjectId
  readonly mediaId: string
  readonly expires: number
}

/**
 * Signs what links grant, so that who holds a link needs no other credential and can change nothing in it.
 * A signature of one kind of grant is never one of the other. Whether a grant has expired is not looked at.
 */
export interface MediaLinks {
  signUpload(grant: UploadGrant): string
  isUpload(grant: UploadGrant, signature: string): boolean
  signDownload(grant: DownloadGrant): string
  isDownload(grant: DownloadGrant, signature: string): boolean
}

/** HMAC-SHA256 under `key`, which stays with the installation: links outlive a restart. */
export function createMediaLinks(key: Uint8Array): MediaLinks {
  const sign = (...parts: readonly (string | number)[]) =>
    createHmac('sha256', key).update(JSON.stringify(parts)).digest('base64url')
  const signUpload = ({ projectId, sha256, contentType, contentLength, expires }: UploadGrant) =>
    sign('upload', projectId, sha256, contentType, contentLength, expires)
  const signDownload = ({ projectId, mediaId, expires }: DownloadGrant) => sign('download', projectId, mediaId, expires)
  return {
    signUpload,
    isUpload: (grant, signature) => isSame(signUpload(grant), signature),
    signDownload,
    isDownload: (grant, signature) => isSame(signDownload(grant), signature),
  }
}

function isSame(expected: string, actual: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(actual)]
  return a.length === b.length && timingSafeEqual(a, b)
}
