/** What the body of a failure must be, by the family of its path. */
import { z } from '@xtrace/contract'

const Message = z.strictObject({ message: z.string().min(1) })
const Issue = z.looseObject({
  code: z.string(),
  message: z.string(),
  path: z.array(z.union([z.string(), z.number()])),
})
const named = (error: string) => z.strictObject({ message: z.string().min(1), error: z.literal(error) })
const Issues = z.strictObject({ message: z.literal('Invalid request data'), error: z.array(Issue).min(1) })

const LANGFUSE: Readonly<Record<number, z.ZodType>> = {
  400: z.union([Issues, named('InvalidRequestError')]),
  401: Message,
  403: Message,
  404: named('LangfuseNotFoundError'),
  405: named('MethodNotAllowedError'),
}
const NAMED = { ...LANGFUSE, 401: named('UnauthorizedError'), 403: named('ForbiddenError') }
const INGESTION = {
  ...NAMED,
  400: z.strictObject({ message: z.literal('Invalid request data'), errors: z.array(z.string()).min(1) }),
}
const OTLP = { ...LANGFUSE, 400: z.strictObject({ error: z.string().min(1) }) }

const Coded = (...codes: readonly string[]) =>
  z.strictObject({ message: z.string().min(1), code: z.enum(codes), details: z.looseObject({}).optional() })
const UNSTABLE: Readonly<Record<number, z.ZodType>> = {
  400: Coded(
    'invalid_request',
    'invalid_query',
    'invalid_body',
    'invalid_filter_value',
    'invalid_json_path',
    'invalid_variable_mapping',
    'missing_variable_mapping',
    'duplicate_variable_mapping',
  ),
  401: Coded('authentication_failed'),
  403: Coded('access_denied'),
  404: Coded('resource_not_found'),
  405: Coded('method_not_allowed'),
}

const any = (schema: (status: number) => z.ZodType) =>
  Object.fromEntries([400, 401, 403, 404, 405].map((status) => [status, schema(status)]))
const PROJECTS = any(() => Message)
const ORGANIZATIONS = any(() => z.strictObject({ error: z.string().min(1) }))
const SCIM = any((status) =>
  z.strictObject({
    schemas: z.tuple([z.literal('urn:ietf:params:scim:api:messages:2.0:Error')]),
    detail: z.string().min(1),
    status: z.literal(status),
  }),
)

/** The first that fits. */
const FAMILIES: readonly (readonly [path: RegExp, bodies: Readonly<Record<number, z.ZodType>>])[] = [
  [/^\/api\/public\/scim\//, SCIM],
  [/^\/api\/public\/(?:organizations|integrations)\/|\/memberships$/, ORGANIZATIONS],
  [/^\/api\/public\/projects(?:\/|$)/, PROJECTS],
  [/^\/api\/public\/(?:unstable\/|v2\/evaluat)/, UNSTABLE],
  [/^\/api\/public\/v2\/prompts(?:\/|$)/, NAMED],
  [/^\/api\/public\/ingestion$/, INGESTION],
  [/^\/api\/public\/otel\//, OTLP],
  [/^/, LANGFUSE],
]

/** What is wrong with the body of a failure: one sentence a fault. */
export function faultsOf(path: string, status: number, body: unknown): string[] {
  const [, bodies] = FAMILIES.find(([pattern]) => pattern.test(path)) ?? []
  const schema = bodies?.[status]
  if (!schema) return [`${status} is not an answer that ${path} may give`]
  const parsed = schema.safeParse(body)
  return parsed.success ? [] : [`${JSON.stringify(body)}: ${z.prettifyError(parsed.error)}`]
}
