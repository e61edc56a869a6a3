import {
  IngestionError,
  LangfuseError,
  McpError,
  MessageError,
  NativeError,
  OrganizationError,
  OtlpError,
  RateLimitError,
  ScimError,
  UnstableError,
  type z,
} from '@xtrace/contract'
import type { ZodOpenApiResponsesObject } from 'zod-openapi'
import { ERRORS } from '#domain/errors.ts'
import type { ErrorFamily, Route } from './route.ts'

interface Bodies {
  readonly auth: z.ZodType
  readonly others: z.ZodType
}

const BODIES: Record<ErrorFamily, Bodies> = {
  langfuse: { auth: MessageError, others: LangfuseError },
  prompts: { auth: LangfuseError, others: LangfuseError },
  ingestion: { auth: IngestionError, others: IngestionError },
  otlp: { auth: MessageError, others: OtlpError },
  native: { auth: NativeError, others: NativeError },
  projects: { auth: MessageError, others: MessageError },
  organizations: { auth: OrganizationError, others: OrganizationError },
  scim: { auth: ScimError, others: ScimError },
  unstable: { auth: UnstableError, others: UnstableError },
  evaluation: { auth: UnstableError, others: UnstableError },
  mcp: { auth: McpError, others: McpError },
}

/** The failures that a route may answer with, from what it asks for. */
export function failureResponses(route: Route): ZodOpenApiResponsesObject {
  const { auth, others } = BODIES[route.errors]
  const takesBody = route.doc.body !== undefined || route.doc.bodyType !== undefined
  const isLimited = route.isRead && !route.isUnlimited
  return {
    ...((takesBody || route.query || route.params) && { 400: failure('Invalid request', others) }),
    ...(route.access !== 'none' && {
      401: failure('No or wrong credentials', auth),
      403: failure('Not allowed', auth),
    }),
    ...(route.path.includes(':') && { 404: failure('Not found', others) }),
    ...(takesBody && { 413: failure('Body too large', others), 503: failure('No room now; try again', others) }),
    ...(route.isRead && { 422: failure('Too much to read at once', others), 503: failure('Try again', others) }),
    ...(isLimited && { 429: failure('Too many reads', RateLimitError) }),
    500: failure('Failure of the server', others),
    ...Object.fromEntries(
      (route.doc.failures ?? []).map((code) => [ERRORS[code].status, failure(ERRORS[code].message, others)]),
    ),
  }
}

function failure(description: string, schema: z.ZodType) {
  return { description, content: { 'application/json': { schema } } }
}
