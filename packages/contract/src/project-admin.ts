/** Projects and their keys as organizations administer them (public-api contract §18, §26.1). */
import { z } from 'zod'
import { Instant } from './fields.ts'

const JsonObject = z.record(z.string(), z.unknown())

/** An object, or the JSON text of one. */
const Metadata = z.union([JsonObject, z.string()]).transform((value, context): Record<string, unknown> => {
  if (typeof value !== 'string') return value
  try {
    return JsonObject.parse(JSON.parse(value))
  } catch {
    context.addIssue({ code: 'custom', message: 'Expected an object, or the JSON text of one' })
    return z.NEVER
  }
})

const Name = z.string('Invalid project name').min(3, 'Invalid project name').max(60, 'Invalid project name')
/** 0 keeps everything for ever. */
const Retention = z
  .int('Invalid retention value')
  .refine((days) => days === 0 || days >= 3, 'Invalid retention value: expected 0, or at least 3 days')

export const CreateProjectBody = z
  .object({ name: Name, metadata: Metadata.nullish(), retention: Retention.optional() })
  .meta({ id: 'CreateProjectBody' })
export type CreateProjectBody = z.infer<typeof CreateProjectBody>

export const UpdateProjectBody = z
  .object({ name: Name, metadata: Metadata.nullish(), retention: Retention.nullish() })
  .meta({ id: 'UpdateProjectBody' })
export type UpdateProjectBody = z.infer<typeof UpdateProjectBody>

export const ProjectParams = z.object({ projectId: z.string() })
export const ProjectKeyParams = z.object({ projectId: z.string(), apiKeyId: z.string() })

export const ProjectDeletedDto = z.object({ success: z.literal(true), message: z.string() })
export type ProjectDeletedDto = z.infer<typeof ProjectDeletedDto>

const nullableText = z.string().nullable()
const nullableInstant = z.iso.datetime().nullable()

/** A key without its secret; `note` is the older name of `name`. */
export const ApiKeyDto = z.object({
  id: z.string(),
  createdAt: z.iso.datetime(),
  expiresAt: nullableInstant,
  lastUsedAt: nullableInstant,
  name: nullableText,
  note: nullableText,
  publicKey: z.string(),
  displaySecretKey: z.string(),
})
export type ApiKeyDto = z.infer<typeof ApiKeyDto>

export const ApiKeysDto = z.object({ apiKeys: z.array(ApiKeyDto) })
export type ApiKeysDto = z.infer<typeof ApiKeysDto>

/** A new key, with its secret for this once. */
export const NewApiKeyDto = ApiKeyDto.omit({ lastUsedAt: true }).extend({ secretKey: z.string() })
export type NewApiKeyDto = z.infer<typeof NewApiKeyDto>

const prefixed = (prefix: string, key: string) =>
  z
    .string()
    .max(200)
    .refine((text) => text.startsWith(prefix) && text.length > prefix.length, `${key} must begin with ${prefix}`)
    .refine(
      (text) => /^[\x21-\x7e]+$/.test(text) && !text.includes(':'),
      `${key} must be printable ASCII without a colon`,
    )

export const CreateApiKeyBody = z
  .object({
    name: z.string().nullish(),
    note: z.string().nullish(),
    publicKey: prefixed('pk-lf-', 'publicKey').nullish(),
    secretKey: prefixed('sk-lf-', 'secretKey').nullish(),
    expiresAt: Instant.nullish(),
  })
  .superRefine((body, context) => {
    const refuse = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message })
    if (body.name != null && body.note != null) refuse('note', 'Give name or its older spelling note, not both')
    if ((body.publicKey == null) !== (body.secretKey == null))
      refuse('publicKey', 'Both publicKey and secretKey must be provided together, or neither')
  })
  .meta({ id: 'CreateApiKeyBody' })
export type CreateApiKeyBody = z.infer<typeof CreateApiKeyBody>

export const SucceededDto = z.object({ success: z.literal(true) })
export type SucceededDto = z.infer<typeof SucceededDto>
