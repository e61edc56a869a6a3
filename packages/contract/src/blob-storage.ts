/** Integrations that export a project's records to blob storage (public-api contract §19). */
import { z } from 'zod'
import { Instant } from './fields.ts'

const FIELD_GROUPS = [
  'core',
  'basic',
  'time',
  'io',
  'metadata',
  'model',
  'usage',
  'prompt',
  'metrics',
  'tools',
  'trace_context',
] as const

const Source = z.enum(['LEGACY_TRACES_OBSERVATIONS', 'OBSERVATIONS_V2', 'LEGACY_TRACES_AND_ENRICHED_OBSERVATIONS'])

const FieldGroups = z
  .array(z.enum(FIELD_GROUPS))
  .refine((groups) => groups.includes('core'), 'exportFieldGroups must include core')

const AZURE_CONTAINER = /^(?=.{3,63}$)[a-z0-9]+(?:-[a-z0-9]+)*$/

/** Time zones may be this far ahead of us. */
const START_TOLERANCE_MS = 27 * 60 * 60 * 1000

const fields = {
  type: z.enum(['S3', 'S3_COMPATIBLE', 'AZURE_BLOB_STORAGE']),
  bucketName: z.string().min(1).max(255),
  region: z.string().min(1),
  exportFrequency: z.enum(['every_20_minutes', 'hourly', 'daily', 'weekly']),
  enabled: z.boolean(),
  forcePathStyle: z.boolean(),
  fileType: z.enum(['JSON', 'CSV', 'JSONL', 'PARQUET']),
  exportMode: z.enum(['FULL_HISTORY', 'FROM_TODAY', 'FROM_CUSTOM_DATE']),
}

/** What is kept of an integration besides its secret. */
export const BlobStorageSettings = z.object({
  ...fields,
  endpoint: z.string().nullable(),
  accessKeyId: z.string().nullable(),
  prefix: z.string(),
  exportStartDate: z.string().nullable(),
  compressed: z.boolean(),
  exportSource: Source,
  exportFieldGroups: z.array(z.enum(FIELD_GROUPS)).nullable(),
})
export type BlobStorageSettings = z.infer<typeof BlobStorageSettings>

export const PutBlobStorageBody = z
  .strictObject({
    projectId: z.string().min(1),
    ...fields,
    endpoint: z.url().nullish(),
    accessKeyId: z.string().nullish(),
    secretAccessKey: z.string().nullish(),
    prefix: z
      .string()
      .refine((prefix) => prefix === '' || prefix.endsWith('/'), 'prefix must be empty or end with /')
      .nullish(),
    exportStartDate: Instant.nullish(),
    compressed: z.boolean().nullish(),
    exportSource: Source.nullish(),
    exportFieldGroups: FieldGroups.nullish(),
  })
  .superRefine((body, context) => {
    const refuse = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message })
    if (body.type !== 'S3' && !body.endpoint) refuse('endpoint', `${body.type} needs an endpoint`)
    if (body.type === 'AZURE_BLOB_STORAGE' && !AZURE_CONTAINER.test(body.bucketName))
      refuse('bucketName', 'Expected an Azure container name: 3 to 63 lower-case letters, digits and single hyphens')
    if (body.exportFieldGroups && !body.exportSource) refuse('exportSource', 'exportFieldGroups needs exportSource')
    if (body.exportMode !== 'FROM_CUSTOM_DATE') return
    if (!body.exportStartDate) refuse('exportStartDate', 'exportMode FROM_CUSTOM_DATE needs an exportStartDate')
    else if (Date.parse(body.exportStartDate) > Date.now() + START_TOLERANCE_MS)
      refuse('exportStartDate', 'exportStartDate must not be in the future')
  })
  .meta({ id: 'PutBlobStorageBody' })
export type PutBlobStorageBody = z.infer<typeof PutBlobStorageBody>

export const BlobStorageParams = z.object({ id: z.string() })

const progress = {
  lastSyncAt: z.iso.datetime().nullable(),
  nextSyncAt: z.iso.datetime().nullable(),
  lastError: z.string().nullable(),
  lastErrorAt: z.iso.datetime().nullable(),
}

export const BlobStorageDto = BlobStorageSettings.extend({
  id: z.string(),
  projectId: z.string(),
  ...progress,
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
}).meta({ id: 'BlobStorageIntegration' })
export type BlobStorageDto = z.infer<typeof BlobStorageDto>

export const BlobStoragesDto = z.object({ data: z.array(BlobStorageDto) })
export type BlobStoragesDto = z.infer<typeof BlobStoragesDto>

export const BlobStorageStatusDto = z.object({
  id: z.string(),
  projectId: z.string(),
  syncStatus: z.enum(['idle', 'queued', 'running', 'up_to_date', 'disabled', 'error']),
  enabled: z.boolean(),
  ...progress,
})
export type BlobStorageStatusDto = z.infer<typeof BlobStorageStatusDto>
