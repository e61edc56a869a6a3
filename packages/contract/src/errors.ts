/** Error bodies, one a family of routes (langfuse-ingestion contract §1.2, public-api contract §1.4, xtrace-native contract §2). */
import { z } from 'zod'

export const LangfuseError = z
  .object({
    message: z.string(),
    error: z
      .union([z.string(), z.array(z.unknown())])
      .meta({ description: 'Name of the failure, or the list of issues' }),
  })
  .meta({ id: 'LangfuseError' })

export const IngestionError = z
  .object({ message: z.string(), errors: z.array(z.string()).optional(), error: z.string().optional() })
  .meta({ id: 'IngestionError' })

export const OtlpError = z.object({ error: z.string() }).meta({ id: 'OtlpError' })

export const NativeError = z.object({ message: z.string(), code: z.string() }).meta({ id: 'NativeError' })

export const OrganizationError = z.object({ error: z.string() }).meta({ id: 'OrganizationError' })

export const ScimError = z
  .object({ schemas: z.array(z.string()), detail: z.string(), status: z.int() })
  .meta({ id: 'ScimError' })

/** Of the unstable routes, and of evaluators and evaluation rules. */
export const UnstableError = z
  .object({ message: z.string(), code: z.string(), details: z.record(z.string(), z.unknown()).optional() })
  .meta({ id: 'UnstableError' })

/** A failure of the credentials on common routes, and any failure of the projects route. */
export const MessageError = z.object({ message: z.string() }).meta({ id: 'MessageError' })

export const RateLimitError = z
  .object({
    message: z.literal('Too Many Requests'),
    code: z.literal('TOO_MANY_REQUESTS'),
    data: z.null(),
    meta: z.object({ rate_limit: z.object({ remaining: z.literal(0), reset_at: z.iso.datetime() }) }),
  })
  .meta({ id: 'RateLimitError' })
