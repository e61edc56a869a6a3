import { MediaDto, MediaReportBody, MediaReportedDto, MediaUploadBody, MediaUploadDto, z } from '@xtrace/contract'
import { AppError } from '#domain/errors.ts'
import type { Media } from '#domain/media.ts'
import { isoFromMs } from '#http/dto/page-dto.ts'
import { jsonBody } from '#http/json-body.ts'
import { downloadUrl, uploadUrl } from '#http/media-urls.ts'
import { type Route, type RouteRequest, route } from '#http/route.ts'
import type { MediaStore } from '#media/media-store.ts'
import { mediaContentRoutes } from './media-content.ts'
import type { MediaDeps } from './media-deps.ts'

const params = z.object({ mediaId: z.string() })

/** Media: announcing bytes, sending them, saying what became of that, and getting them back (public-api contract §16). */
export function mediaRoutes(deps: MediaDeps): Route[] {
  return [announceRoute(deps), reportRoute(deps), getRoute(deps), ...mediaContentRoutes(deps)]
}

function announceRoute(deps: MediaDeps): Route {
  return route({
    method: 'POST',
    path: '/api/public/media',
    access: 'project',
    errors: 'langfuse',
    doc: {
      operationId: 'media_getUploadUrl',
      tag: 'Media',
      summary: 'Announce bytes and get a link to send them to',
      body: MediaUploadBody,
      responses: { 201: MediaUploadDto },
    },
    handle: async (request) => {
      const body = MediaUploadBody.parse(await jsonBody(request))
      const media = await announce(request, body, deps)
      const content = { sha256: media.sha256, contentType: body.contentType, contentLength: body.contentLength }
      const isHere = media.contentType === body.contentType && (await hasBytes(media, deps.store))
      const url = isHere ? null : uploadUrl(request, content, deps)
      return { status: 201, body: { mediaId: media.id, uploadUrl: url } satisfies MediaUploadDto }
    },
  })
}

async function announce(
  { caller }: Pick<RouteRequest<unknown, unknown>, 'caller'>,
  body: MediaUploadBody,
  { media, maxBytes }: MediaDeps,
): Promise<Media> {
  if (body.contentLength > maxBytes) {
    const message = `Too big: expected at most ${maxBytes} bytes (XTRACE_MEDIA_MAX_BYTES)`
    throw new AppError('bad_request', undefined, { issues: [{ code: 'too_big', path: ['contentLength'], message }] })
  }
  const announced = await media.announce(caller.projectId, { ...body, sha256: body.sha256Hash }, body)
  if (announced.sha256 === body.sha256Hash) return announced
  throw new AppError('bad_request', `Media ${announced.id} is here already with the SHA-256 ${announced.sha256}`)
}

/** Asks the store as well: without its bytes, what the catalogue remembers is of no use to anybody. */
async function hasBytes(media: Media, store: MediaStore): Promise<boolean> {
  return media.uploadedAt !== undefined && (await store.has(media))
}

function reportRoute({ media }: MediaDeps): Route {
  return route({
    method: 'PATCH',
    path: '/api/public/media/:mediaId',
    access: 'project',
    errors: 'langfuse',
    params,
    doc: {
      operationId: 'media_patch',
      tag: 'Media',
      summary: 'Say what became of an upload',
      body: MediaReportBody,
      responses: { 200: MediaReportedDto },
    },
    handle: async (request) => {
      const body = MediaReportBody.parse(await jsonBody(request))
      const isKnown = await media.report(request.caller.projectId, request.params.mediaId, outcomeOf(body))
      if (!isKnown) throw new AppError('not_found', NOT_FOUND)
      return { body: { message: 'OK' } satisfies z.infer<typeof MediaReportedDto> }
    },
  })
}

const NOT_FOUND = 'Media asset not found'

/** Some stores answer a PUT with their whole error page. */
const MAX_FAILURE_CHARACTERS = 2000

/** The error text of a client holds the answer's body even of an upload that went well. */
function outcomeOf({ uploadedAt, uploadHttpStatus, uploadHttpError }: MediaReportBody) {
  if (uploadHttpStatus === 200 || uploadHttpStatus === 201) return { uploadedAt: Date.parse(uploadedAt) }
  return {
    httpStatus: uploadHttpStatus,
    message: uploadHttpError?.replaceAll('\0', '').slice(0, MAX_FAILURE_CHARACTERS),
  }
}

function getRoute(deps: MediaDeps): Route {
  return route({
    method: 'GET',
    path: '/api/public/media/:mediaId',
    access: 'project',
    errors: 'langfuse',
    params,
    doc: {
      operationId: 'media_get',
      tag: 'Media',
      summary: 'Get a link to the bytes',
      responses: { 200: MediaDto },
    },
    handle: async (request) => {
      const [media] = await deps.media.byIds(request.caller.projectId, [request.params.mediaId])
      if (!media) throw new AppError('not_found', NOT_FOUND)
      return { body: { ...uploadedPart(media), ...downloadUrl(request, media, deps) } satisfies MediaDto }
    },
  })
}

function uploadedPart({ id, contentType, contentLength, uploadedAt, failure }: Media) {
  if (uploadedAt !== undefined) return { mediaId: id, contentType, contentLength, uploadedAt: isoFromMs(uploadedAt) }
  if (!failure) throw new AppError('not_found', 'Media not yet uploaded')
  const reason = failure.message ? `: ${failure.message}` : ''
  throw new AppError('not_found', `Media upload failed with status ${failure.httpStatus}${reason}`)
}
