import type { MediaDownloadLink, MediaUploadLink } from '@xtrace/contract'
import { projectId } from '#domain/ids.ts'
import { type Media, type MediaContent, mediaIdOf } from '#domain/media.ts'
import { type DownloadGrant, LINK_TTL_MS, type MediaLinks, type UploadGrant } from '#media/media-links.ts'
import { publicUrlOf } from './public-url.ts'
import type { RouteRequest } from './route.ts'

export interface MediaUrlDeps {
  readonly links: MediaLinks
  /** Where clients reach this server, when it can't tell from their requests. */
  readonly publicUrl?: string | undefined
}

type LinkRequest = Pick<RouteRequest<unknown, unknown>, 'url' | 'header' | 'caller' | 'receivedAt'>

const pathOf = (mediaId: string) => `/api/public/media/${mediaId}/content`

/** The link to PUT bytes to. */
export function uploadUrl(request: LinkRequest, content: MediaContent, { links, publicUrl }: MediaUrlDeps): string {
  const { caller, receivedAt } = request
  const { sha256, contentType, contentLength } = content
  const grant = { ...content, projectId: caller.projectId, expires: receivedAt + LINK_TTL_MS }
  const query = new URLSearchParams({
    project: grant.projectId,
    sha256,
    type: contentType,
    length: String(contentLength),
    expires: String(grant.expires),
    signature: links.signUpload(grant),
  })
  return `${publicUrlOf(request, publicUrl)}${pathOf(mediaIdOf(sha256))}?${query}`
}

export interface DownloadUrl {
  readonly url: string
  /** ISO 8601. */
  readonly urlExpiry: string
}

/** The link to GET the bytes from. */
export function downloadUrl(
  request: LinkRequest,
  { id, projectId: project }: Pick<Media, 'id' | 'projectId'>,
  { links, publicUrl }: MediaUrlDeps,
): DownloadUrl {
  const grant = { projectId: project, mediaId: id, expires: request.receivedAt + LINK_TTL_MS }
  const query = new URLSearchParams({
    project,
    expires: String(grant.expires),
    signature: links.signDownload(grant),
  })
  return {
    url: `${publicUrlOf(request, publicUrl)}${pathOf(id)}?${query}`,
    urlExpiry: new Date(grant.expires).toISOString(),
  }
}

/** What a link for an upload says that it grants; whether that is so, its signature tells. */
export const uploadGrantOf = (link: MediaUploadLink): UploadGrant => ({
  projectId: projectId(link.project),
  sha256: link.sha256,
  contentType: link.type,
  contentLength: Number(link.length),
  expires: Number(link.expires),
})

/** The same of a link for a download. */
export const downloadGrantOf = (mediaId: string, link: MediaDownloadLink): DownloadGrant => ({
  projectId: projectId(link.project),
  mediaId,
  expires: Number(link.expires),
})
