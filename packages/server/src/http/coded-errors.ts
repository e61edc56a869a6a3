import { type AppError, ERRORS, type ErrorCode } from '#domain/errors.ts'

/** A failure to be worded. */
export interface CodedFailure {
  readonly error: AppError
  /** What the client may read. */
  readonly message: string
  readonly stage: 'auth' | 'query' | 'request'
}

const CODES: Record<ErrorCode, string> = {
  bad_request: 'invalid_request',
  unauthorized: 'authentication_failed',
  forbidden: 'access_denied',
  not_found: 'resource_not_found',
  method_not_allowed: 'method_not_allowed',
  conflict: 'conflict',
  payload_too_large: 'invalid_request',
  query_too_heavy: 'unprocessable_content',
  result_too_large: 'unprocessable_content',
  too_many_requests: 'rate_limited',
  log_full: 'internal_error',
  internal: 'internal_error',
  not_implemented: 'internal_error',
  unavailable: 'internal_error',
}

/**
 * `{message, code, details?}` of the unstable routes and of evaluators and their rules (public-api
 * contract §20, §26.3). `isFine` shows the reason of a failure as its code; clients of the stable
 * routes know the codes of the table alone.
 */
export function codedBody(failure: CodedFailure, { isFine }: { readonly isFine: boolean }): object {
  const { error, stage } = failure
  if (error.issues) return invalidBody(error.issues, stage)
  const { reason, details } = error
  const isKnown = isFine || reason === 'invalid_body' || reason === 'invalid_query'
  const code = isKnown && reason !== undefined ? reason : CODES[error.code]
  return { message: failure.message, code, ...(isFine && details && { details }) }
}

function invalidBody(issues: readonly unknown[], stage: CodedFailure['stage']): object {
  const part =
    stage === 'query'
      ? { name: 'query parameters', code: 'invalid_query' }
      : { name: 'request body', code: 'invalid_body' }
  return { message: `Invalid ${part.name}`, code: part.code, details: { issues: issues.map(publicIssue) } }
}

/** Code, message and path of a Zod issue; what else it holds differs from kind to kind. */
function publicIssue(issue: unknown): object {
  const fields: Readonly<Record<string, unknown>> = typeof issue === 'object' && issue !== null ? { ...issue } : {}
  const { code = 'custom', message = ERRORS.bad_request.message, path = [] } = fields
  return { code, message, path }
}
