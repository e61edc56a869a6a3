import { MediaDownloadLink, MediaUploadLink, z } from '@xtrace/contract'
import { AppError } from '#domain/errors.ts'
import type { ProjectId } from '#domain/ids.ts'
import { type Media, mediaIdOf } from '#domain/media.ts'
import { rangeOf } from '#http/byte-range.ts'
import { downloadGrantOf, uploadGrantOf } from '#http/media-urls.ts'
import { type Reply, type Route, type RouteRequest, route } from '#http/route.ts'
import type { UploadGrant } from '#media/media-links.ts'
import type { MediaDeps } from './media-deps.ts'

type ContentDeps = Pick<MediaDeps, 'media' | 'store' | 'links'>

const params = z.object({ mediaId: z.string() })

const PATH = '/api/public/media/:mediaId/content'

/** The bytes themselves, in and out, for whoever holds a signed link (langfuse-ingestion contract §6.1). */
export function mediaContentRoutes(deps: ContentDeps): Route[] {
  return [
    route({
      method: 'PUT',
      path: PATH,
      access: 'none',
      errors: 'langfuse',
      params,
      query: MediaUploadLink,
      doc: {
        operationId: 'media_putContent',
        tag: 'Media',
        summary: 'Send bytes to the link that announcing them gave',
        bodyType: 'application/octet-stream',
        responses: { 200: undefined, 403: undefined },
      },
      handle: (request) => putContent(request, deps),
    }),
    route({
      method: 'GET',
      path: PATH,
      access: 'none',
      errors: 'langfuse',
      params,
      query: MediaDownloadLink,
      doc: {
        operationId: 'media_getContent',
        tag: 'Media',
        summary: 'Get the bytes from the link that the media have',
        responseType: 'application/octet-stream',
        responses: { 200: z.string().meta({ format: 'binary' }), 206: undefined, 403: undefined, 416: undefined },
      },
      handle: (request) => getContent(request, deps),
    }),
  ]
}

type LinkRequest<Link> = RouteRequest<Link, z.infer<typeof params>>

async function putContent(request: LinkRequest<MediaUploadLink>, deps: ContentDeps): Promise<Reply> {
  const grant = uploadGrantOf(request.query)
  const isSigned = deps.links.isUpload(grant, request.query.signature)
  checkLink(request, { isSigned: isSigned && mediaIdOf(grant.sha256) === request.params.mediaId, ...grant })
  checkHeaders(request, grant)
  const written = await deps.store.write(grant, {
    bytes: request.stream(),
    length: grant.contentLength,
    note: () => deps.media.markUploaded(grant.projectId, grant),
  })
  if (written === 'mismatch')
    throw new AppError('forbidden', `The body is not the ${grant.contentLength} bytes with SHA-256 ${grant.sha256}`)
  return { body: { message: 'OK' } }
}

function checkLink(
  { receivedAt }: Pick<LinkRequest<unknown>, 'receivedAt'>,
  { isSigned, expires }: { readonly isSigned: boolean; readonly expires: number },
): void {
  if (!isSigned) throw new AppError('forbidden', 'The link is not one that this server gave out')
  if (receivedAt > expires) throw new AppError('forbidden', 'The link has expired; ask for a new one')
}

/** What the headers tell is refused before a byte of the body is read. */
function checkHeaders({ header }: Pick<LinkRequest<unknown>, 'header'>, grant: UploadGrant): void {
  const expected = [
    ['content-type', grant.contentType],
    ['content-length', String(grant.contentLength)],
    ['x-amz-checksum-sha256', grant.sha256],
  ] as const
  for (const [name, value] of expected) {
    const sent = header(name)
    const isNeeded = name === 'content-type'
    if (sent === undefined ? isNeeded : sent !== value)
      throw new AppError(
        'forbidden',
        `The header ${name} must be ${value}, as it was announced, not ${sent ?? 'absent'}`,
      )
  }
}

async function getContent(request: LinkRequest<MediaDownloadLink>, deps: ContentDeps): Promise<Reply> {
  const grant = downloadGrantOf(request.params.mediaId, request.query)
  checkLink(request, { isSigned: deps.links.isDownload(grant, request.query.signature), ...grant })
  return await mediaReply(request, { ...grant, maxAgeMs: grant.expires - request.receivedAt }, deps)
}

interface WantedMedia {
  readonly projectId: ProjectId
  readonly mediaId: string
  /** For how long a browser may keep them. */
  readonly maxAgeMs: number
}

/** The bytes of media of a project, or the range of them that the request names. @throws AppError `not_found` */
export async function mediaReply(
  request: Pick<LinkRequest<unknown>, 'header'>,
  { projectId, mediaId, maxAgeMs }: WantedMedia,
  { media: finder, store }: Pick<ContentDeps, 'media' | 'store'>,
): Promise<Reply> {
  const [media] = await finder.byIds(projectId, [mediaId])
  if (media?.uploadedAt === undefined || !(await store.has(media)))
    throw new AppError('not_found', 'Media asset not found')
  const length = media.contentLength
  const range = rangeOf(request.header('range'), length)
  if (range === 'none') return unsatisfiable(length)
  const { start, end } = range ?? { start: 0, end: length - 1 }
  return {
    status: range ? 206 : 200,
    headers: {
      ...contentHeaders(media),
      'Cache-Control': `private, max-age=${Math.floor(maxAgeMs / 1000)}, immutable`,
      'Content-Length': String(end - start + 1),
      ...(range && { 'Content-Range': `bytes ${start}-${end}/${length}` }),
    },
    body: store.read(media, { start, end }),
  }
}

const unsatisfiable = (length: number): Reply => ({
  status: 416,
  headers: { 'Content-Range': `bytes */${length}` },
  body: { message: `The range lies outside the ${length} bytes`, error: 'RangeNotSatisfiableError' },
})

/** What a browser shows without running anything; the rest it may only save. */
const SHOWN = /^(?:image\/(?!svg)|audio\/|video\/|text\/plain$)/

/** Media are written by whoever is traced: a browser must not take them for a page of this server. */
function contentHeaders({ id, contentType }: Media): Record<string, string> {
  return {
    'Content-Type': contentType,
    'Content-Disposition': `${SHOWN.test(contentType) ? 'inline' : 'attachment'}; filename="${id}"`,
    'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    'Accept-Ranges': 'bytes',
  }
}
