import { z } from 'zod'
import { Instant, storable } from './fields.ts'
import { given } from './given.ts'
import { requiredTextParam } from './query-params.ts'

/** What media may be (public-api contract §16). */
export const MEDIA_CONTENT_TYPES = [
  'image/png',
  'image/jpeg',
  'image/jpg',
  'image/webp',
  'image/gif',
  'image/svg+xml',
  'image/tiff',
  'image/bmp',
  'image/avif',
  'image/heic',
  'audio/mpeg',
  'audio/mp3',
  'audio/wav',
  'audio/ogg',
  'audio/oga',
  'audio/aac',
  'audio/mp4',
  'audio/flac',
  'audio/opus',
  'audio/webm',
  'video/mp4',
  'video/webm',
  'video/ogg',
  'video/mpeg',
  'video/quicktime',
  'video/x-msvideo',
  'video/x-matroska',
  'text/plain',
  'text/html',
  'text/css',
  'text/csv',
  'text/markdown',
  'text/x-python',
  'application/javascript',
  'text/x-typescript',
  'application/x-yaml',
  'application/pdf',
  'application/msword',
  'application/vnd.ms-excel',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/zip',
  'application/json',
  'application/xml',
  'application/octet-stream',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  'application/rtf',
  'application/x-ndjson',
  'application/vnd.apache.parquet',
  'application/gzip',
  'application/x-tar',
  'application/x-7z-compressed',
] as const

const FIELDS_OF_TRACES = ['input', 'output', 'metadata'] as const
const FIELDS_OF_ITEMS = ['input', 'expectedOutput', 'metadata'] as const

type Fault = readonly [path: string, message: string]

interface Place {
  readonly traceId: string | undefined
  readonly observationId: string | undefined
  readonly datasetId: string | undefined
  readonly datasetItemId: string | undefined
  readonly field: string
}

/** Media belong to a field of a trace or observation, or of a dataset item, and to nothing else. */
function* placeFaults(place: Place): Generator<Fault> {
  const isOfTrace = place.traceId !== undefined || place.observationId !== undefined
  const isOfItem = place.datasetId !== undefined || place.datasetItemId !== undefined
  if (isOfTrace === isOfItem) {
    yield ['traceId', 'Give either traceId (and observationId), or datasetId and datasetItemId']
    return
  }
  if (isOfTrace && place.traceId === undefined) yield ['traceId', 'observationId needs traceId']
  if (isOfItem && place.datasetId === undefined) yield ['datasetId', 'datasetItemId needs datasetId']
  if (isOfItem && place.datasetItemId === undefined) yield ['datasetItemId', 'datasetId needs datasetItemId']
  const fields: readonly string[] = isOfTrace ? FIELDS_OF_TRACES : FIELDS_OF_ITEMS
  if (!fields.includes(place.field)) yield ['field', `Invalid option: expected one of ${fields.join('|')}`]
}

/** POST /media; ids that do not apply may be null. */
export const MediaUploadBody = z
  .object({
    contentType: z.enum(MEDIA_CONTENT_TYPES),
    contentLength: z.int().positive().meta({ description: 'Bytes' }),
    sha256Hash: z
      .string()
      .regex(/^[A-Za-z0-9+/]{43}=$/, 'Expected a SHA-256 in base64, 44 characters')
      .meta({ description: 'SHA-256 of the bytes in base64' }),
    field: z.enum([...new Set([...FIELDS_OF_TRACES, ...FIELDS_OF_ITEMS])]),
    traceId: given(storable(800).min(1)),
    observationId: given(storable(800).min(1)),
    datasetId: given(storable(800).min(1)),
    datasetItemId: given(storable(800).min(1)),
  })
  .superRefine((body, ctx) => {
    for (const [path, message] of placeFaults(body)) ctx.addIssue({ code: 'custom', path: [path], message })
  })
export type MediaUploadBody = z.output<typeof MediaUploadBody>

export const MediaUploadDto = z.object({
  mediaId: z.string(),
  uploadUrl: z
    .string()
    .nullable()
    .meta({ description: 'Where to PUT the bytes within an hour; null when they are here already' }),
})
export type MediaUploadDto = z.infer<typeof MediaUploadDto>

/** PATCH /media/{mediaId}: what became of the upload. */
export const MediaReportBody = z.object({
  uploadedAt: Instant,
  uploadHttpStatus: z.int(),
  uploadHttpError: z.string().nullish(),
  uploadTimeMs: z.int().nullish(),
})
export type MediaReportBody = z.output<typeof MediaReportBody>

export const MediaDto = z
  .object({
    mediaId: z.string(),
    contentType: z.string(),
    contentLength: z.int(),
    uploadedAt: Instant,
    url: z.string().meta({ description: 'Readable without credentials until urlExpiry' }),
    urlExpiry: Instant,
  })
  .meta({ id: 'Media' })
export type MediaDto = z.infer<typeof MediaDto>

export const MediaReportedDto = z.object({ message: z.literal('OK') })

const link = { project: requiredTextParam, expires: requiredTextParam, signature: requiredTextParam }

/** The query of a link for an upload, as POST /media gives it out. */
export const MediaUploadLink = z.object({
  ...link,
  sha256: requiredTextParam,
  type: requiredTextParam,
  length: requiredTextParam,
})
export type MediaUploadLink = z.output<typeof MediaUploadLink>

/** The query of a link for a download, as GET /media/{mediaId} gives it out. */
export const MediaDownloadLink = z.object(link)
export type MediaDownloadLink = z.output<typeof MediaDownloadLink>
