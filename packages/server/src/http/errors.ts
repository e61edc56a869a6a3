/**
 * The one place where a failure becomes an answer: AppError code and error family → status, headers
 * and body (langfuse-ingestion contract §1.2, public-api contract §1.3 and §1.4, xtrace-native
 * contract §2).
 */
import { z } from '@xtrace/contract'
import { AppError, ERRORS, type ErrorCode } from '#domain/errors.ts'
import { codedBody } from './coded-errors.ts'
import type { ErrorFamily, Reply } from './route.ts'

/** Where a request failed: some families word a failure of the credentials, or of the query, in their own way. */
export type Stage = 'auth' | 'query' | 'request'

interface Failure {
  readonly error: AppError
  /** What the client may read. */
  readonly message: string
  readonly stage: Stage
}

/** The answer to a request that failed. `stage` is `auth` while the caller was not yet known. */
export function errorReply(error: AppError, family: ErrorFamily, stage: Stage = 'request'): Reply {
  const failure = { error, message: error.publicMessage, stage }
  const status = family === 'ingestion' && isAuthOutage(failure) ? ERRORS.internal.status : error.status
  return { status, headers: retryHeaders(error), body: BODIES[family](failure) }
}

/** Any thrown value as an AppError: schema failures are bad requests with their issues, the rest is ours. */
export function toAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown
  if (thrown instanceof z.ZodError) return new AppError('bad_request', undefined, { issues: thrown.issues })
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined
  if (NUL_IN_TEXT.has(code)) {
    return new AppError('bad_request', 'A text holds a NUL character (\\u0000), which can not be kept; take it out')
  }
  if (DISK_FULL.has(code)) {
    const sentence = 'The disk of the server is full and nothing of this request was kept: try again once there is room'
    return new AppError('log_full', sentence, { cause: thrown, retryAfter: 5 })
  }
  return new AppError('internal', thrown instanceof Error ? thrown.message : String(thrown), { cause: thrown })
}

/** The codes of the system and of SQLite. */
const DISK_FULL: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT', 'SQLITE_FULL'])

/** The codes of Postgres: of a NUL itself, and of its escape in JSON. */
const NUL_IN_TEXT: ReadonlySet<unknown> = new Set(['22021', '22P05'])

/** A client that is told to come back is told when; one second suits what passes by itself. */
function retryHeaders(error: AppError): Record<string, string> {
  if (error.status !== 429 && error.status !== 503) return {}
  return { 'Retry-After': String(Math.max(1, Math.ceil(error.retryAfter ?? 1))) }
}

const BODIES: Record<ErrorFamily, (failure: Failure) => object> = {
  langfuse: langfuseBody,
  prompts: namedBody,
  ingestion: ingestionBody,
  otlp: otlpBody,
  native: nativeBody,
  projects: (failure) => ({ message: adminSentence(failure) }),
  organizations: (failure) => ({ error: adminSentence(failure) }),
  scim: (failure) => ({ schemas: [SCIM_ERROR], detail: adminSentence(failure), status: failure.error.status }),
  unstable: (failure) => codedBody(failure, { isFine: true }),
  evaluation: (failure) => codedBody(failure, { isFine: false }),
  mcp: ({ error, message }) => ({ error: withIssues(error, message), code: LANGFUSE_NAMES[error.code] }),
}

const SCIM_ERROR = 'urn:ietf:params:scim:api:messages:2.0:Error'

/** The sentence of the administrative families, which have no place for issues (public-api contract §18, §19). */
function adminSentence({ error, message }: Failure): string {
  return error.code === 'method_not_allowed' ? 'Method Not Allowed' : withIssues(error, message)
}

const LANGFUSE_NAMES: Record<ErrorCode, string> = {
  bad_request: 'InvalidRequestError',
  unauthorized: 'UnauthorizedError',
  forbidden: 'ForbiddenError',
  not_found: 'LangfuseNotFoundError',
  method_not_allowed: 'MethodNotAllowedError',
  conflict: 'LangfuseConflictError',
  payload_too_large: 'PayloadTooLargeError',
  query_too_heavy: 'Request timed out',
  result_too_large: 'PayloadTooLargeError',
  too_many_requests: 'TooManyRequestsError',
  log_full: 'ServiceUnavailableError',
  internal: 'InternalServerError',
  not_implemented: 'NotImplementedError',
  unavailable: 'ServiceUnavailableError',
}

function langfuseBody(failure: Failure): object {
  return failure.stage === 'auth' ? { message: failure.message } : namedBody(failure)
}

function namedBody({ error, message }: Failure): object {
  return { message, error: error.issues ?? LANGFUSE_NAMES[error.code] }
}

const NAMED_BY_INGESTION: ReadonlySet<ErrorCode> = new Set(['unauthorized', 'forbidden', 'method_not_allowed'])

/** Besides the named ones every failure of the envelope is "Invalid request data", our own failures too. */
function ingestionBody(failure: Failure): object {
  const { error, message } = failure
  if (isAuthOutage(failure)) return { error: ERRORS.internal.message }
  if (NAMED_BY_INGESTION.has(error.code)) return { error: LANGFUSE_NAMES[error.code], message }
  const isOfEnvelope = error.code === 'bad_request' || error.code === 'internal'
  return {
    message: isOfEnvelope ? ERRORS.bad_request.message : message,
    errors: error.issues?.map(issueText) ?? [message],
  }
}

function isAuthOutage({ error, stage }: Pick<Failure, 'error' | 'stage'>): boolean {
  return stage === 'auth' && error.status >= 500
}

function otlpBody({ error, message, stage }: Failure): object {
  if (stage === 'auth') return { message }
  if (error.code === 'method_not_allowed') return { message, error: LANGFUSE_NAMES[error.code] }
  return { error: withIssues(error, message) }
}

const NATIVE_CODES: Record<ErrorCode, string> = {
  bad_request: 'BAD_REQUEST',
  unauthorized: 'UNAUTHORIZED',
  forbidden: 'FORBIDDEN',
  not_found: 'NOT_FOUND',
  method_not_allowed: 'METHOD_NOT_ALLOWED',
  conflict: 'CONFLICT',
  payload_too_large: 'PAYLOAD_TOO_LARGE',
  query_too_heavy: 'QUERY_TOO_HEAVY',
  result_too_large: 'RESULT_TOO_LARGE',
  too_many_requests: 'TOO_MANY_REQUESTS',
  log_full: 'SERVICE_UNAVAILABLE',
  internal: 'INTERNAL_ERROR',
  not_implemented: 'NOT_IMPLEMENTED',
  unavailable: 'SERVICE_UNAVAILABLE',
}

function nativeBody({ error, message }: Failure): object {
  const sentence = error.code === 'unauthorized' ? ERRORS.unauthorized.message : withIssues(error, message)
  return { message: sentence, code: NATIVE_CODES[error.code] }
}

/** A sentence that names the fields, for families that have no place for issues. */
function withIssues(error: AppError, message: string): string {
  if (!error.issues || error.issues.length === 0) return message
  return `${message}: ${error.issues.map(issueText).join('; ')}`
}

const Issue = z.object({ path: z.array(z.union([z.string(), z.number()])), message: z.string() })

/** `batch.0.id: Required` for a Zod issue; an issue that is text already stays as it is. */
function issueText(issue: unknown): string {
  if (typeof issue === 'string') return issue
  const parsed = Issue.safeParse(issue)
  if (!parsed.success) return JSON.stringify(issue)
  const { path, message } = parsed.data
  return path.length === 0 ? message : `${path.join('.')}: ${message}`
}
