/** SCIM 2.0 (RFC 7643, 7644) as far as user provisioning needs it (public-api contract §19). */
import { z } from 'zod'
import { textParam } from './query-params.ts'

export const SCIM = {
  user: 'urn:ietf:params:scim:schemas:core:2.0:User',
  listResponse: 'urn:ietf:params:scim:api:messages:2.0:ListResponse',
  patchOp: 'urn:ietf:params:scim:api:messages:2.0:PatchOp',
  resourceType: 'urn:ietf:params:scim:schemas:core:2.0:ResourceType',
  serviceProviderConfig: 'urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig',
} as const

/** A whole number of at least `min`; anything else is as good as absent. */
const lenientInt = (min: number, fallback: number) =>
  textParam.transform((text = '') => {
    const number = text.trim() === '' ? Number.NaN : Number(text)
    return Number.isSafeInteger(number) ? Math.max(min, number) : fallback
  })

const USER_NAME_FILTER = /^\s*userName\s+eq\s+"([^"]*)"\s*$/i

/** GET /scim/Users: `startIndex` from 1, `count` up to 100; `filter` becomes the address that it asks for. */
export const ScimUsersQuery = z.object({
  filter: textParam.transform((text, context): string | undefined => {
    if (text === undefined) return undefined
    const email = USER_NAME_FILTER.exec(text)?.[1]
    if (email !== undefined) return email
    context.addIssue({ code: 'custom', message: 'The only filter that is supported is userName eq "<address>"' })
    return z.NEVER
  }),
  startIndex: lenientInt(1, 1),
  count: lenientInt(0, 100).transform((count) => Math.min(100, count)),
})
export type ScimUsersQuery = z.output<typeof ScimUsersQuery>

export const ScimUserParams = z.object({ userId: z.string() })

const Role = z.enum(['OWNER', 'ADMIN', 'MEMBER', 'VIEWER', 'NONE'])
/** The first one counts. */
const Roles = z.array(Role).nullish()

export const CreateScimUserBody = z
  .object({
    userName: z.string().trim().min(1).max(320),
    name: z.object({ formatted: z.string().nullish() }).nullish(),
    active: z.boolean().nullish(),
    roles: Roles,
  })
  .meta({ id: 'CreateScimUserBody' })
export type CreateScimUserBody = z.infer<typeof CreateScimUserBody>

export const ReplaceScimUserBody = z
  .object({
    schemas: z.array(z.string()).refine((schemas) => schemas.includes(SCIM.user), `schemas must include ${SCIM.user}`),
    active: z.boolean().nullish(),
    roles: Roles,
  })
  .meta({ id: 'ReplaceScimUserBody' })
export type ReplaceScimUserBody = z.infer<typeof ReplaceScimUserBody>

const Operation = z.object({
  op: z.string().refine((op) => op.toLowerCase() === 'replace', 'The only operation that is supported is replace'),
  path: z.string().nullish(),
  value: z.object({ active: z.boolean() }),
})

export const PatchScimUserBody = z
  .object({
    schemas: z
      .array(z.string())
      .refine((schemas) => schemas.includes(SCIM.patchOp), `schemas must include ${SCIM.patchOp}`),
    Operations: z.array(Operation).min(1),
  })
  .meta({ id: 'PatchScimUserBody' })
export type PatchScimUserBody = z.infer<typeof PatchScimUserBody>

export const ScimUserDto = z
  .object({
    schemas: z.array(z.string()),
    id: z.string(),
    userName: z.string(),
    name: z.object({ formatted: z.string() }),
    emails: z.array(z.object({ primary: z.boolean(), value: z.string(), type: z.string() })),
    active: z.boolean(),
    roles: z.array(z.string()),
    meta: z.object({ resourceType: z.literal('User'), created: z.string(), lastModified: z.string() }),
  })
  .meta({ id: 'ScimUser' })
export type ScimUserDto = z.infer<typeof ScimUserDto>

const listOf = <T extends z.ZodType>(resource: T) =>
  z.object({ schemas: z.array(z.string()), totalResults: z.int(), Resources: z.array(resource) })

export const ScimUsersDto = listOf(ScimUserDto).extend({ startIndex: z.int(), itemsPerPage: z.int() })
export type ScimUsersDto = z.infer<typeof ScimUsersDto>

const Meta = z.object({ resourceType: z.string(), location: z.string() })
const Supported = z.object({ supported: z.boolean() })

export const ScimServiceProviderConfigDto = z.object({
  schemas: z.array(z.string()),
  documentationUri: z.string(),
  patch: Supported,
  bulk: Supported.extend({ maxOperations: z.int(), maxPayloadSize: z.int() }),
  filter: Supported.extend({ maxResults: z.int() }),
  changePassword: Supported,
  sort: Supported,
  etag: Supported,
  authenticationSchemes: z.array(
    z.object({
      type: z.string(),
      name: z.string(),
      description: z.string(),
      specUri: z.string(),
      primary: z.boolean(),
    }),
  ),
  meta: Meta,
})
export type ScimServiceProviderConfigDto = z.infer<typeof ScimServiceProviderConfigDto>

export const ScimResourceTypesDto = listOf(
  z.object({
    schemas: z.array(z.string()),
    id: z.string(),
    name: z.string(),
    endpoint: z.string(),
    description: z.string(),
    schema: z.string(),
    schemaExtensions: z.array(z.object({ schema: z.string(), required: z.boolean() })),
    meta: Meta,
  }),
)
export type ScimResourceTypesDto = z.infer<typeof ScimResourceTypesDto>

export const ScimSchemasDto = listOf(
  z.object({
    id: z.string(),
    name: z.string(),
    description: z.string(),
    attributes: z.array(z.unknown()),
    meta: Meta,
  }),
)
export type ScimSchemasDto = z.infer<typeof ScimSchemasDto>
