/**
 * The one table of failures: code → HTTP status, whether a retry can help, default sentence.
 * docs/errors.md is held to it by a test. How a code is spelt on the wire depends on the route's
 * error family and is decided in http/errors.ts.
 */
export const ERRORS = {
  bad_request: { status: 400, retryable: false, message: 'Invalid request data' },
  unauthorized: { status: 401, retryable: false, message: 'Unauthorized' },
  forbidden: { status: 403, retryable: false, message: 'Access denied' },
  not_found: { status: 404, retryable: false, message: 'Not found' },
  method_not_allowed: { status: 405, retryable: false, message: 'Method not allowed' },
  conflict: { status: 409, retryable: false, message: 'Conflict' },
  payload_too_large: { status: 413, retryable: false, message: 'Request body too large' },
  query_too_heavy: { status: 422, retryable: false, message: 'The query is too heavy; narrow it' },
  result_too_large: { status: 422, retryable: false, message: 'The result is too large to return' },
  too_many_requests: { status: 429, retryable: true, message: 'Too Many Requests' },
  log_full: { status: 503, retryable: true, message: 'The event log is full' },
  internal: { status: 500, retryable: true, message: 'Internal Server Error' },
  not_implemented: { status: 501, retryable: false, message: 'Not implemented' },
  unavailable: { status: 503, retryable: true, message: 'Service Unavailable' },
} as const

export type ErrorCode = keyof typeof ERRORS

/** What such failures say stays in the log. */
const SECRETIVE: ReadonlySet<ErrorCode> = new Set(['internal', 'unavailable'])

export interface AppErrorOptions {
  readonly cause?: unknown
  /** Zod issues, or whatever the route's error family shows beside the sentence. */
  readonly issues?: readonly unknown[]
  /** A finer code than the table's, for the error families that show one. */
  readonly reason?: string
  /** What goes with the reason, under the names of the error family. */
  readonly details?: Readonly<Record<string, unknown>>
  /** Whole seconds, for `Retry-After`. */
  readonly retryAfter?: number
}

/** Every failure that is not an outcome: thrown anywhere, caught in http/errors.ts, the writer's retry loop and main.ts. */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly issues: readonly unknown[] | undefined
  readonly reason: string | undefined
  readonly details: Readonly<Record<string, unknown>> | undefined
  readonly retryAfter: number | undefined

  constructor(code: ErrorCode, message: string = ERRORS[code].message, options: AppErrorOptions = {}) {
    super(message, { cause: options.cause })
    this.name = 'AppError'
    this.code = code
    this.issues = options.issues
    this.reason = options.reason
    this.details = options.details
    this.retryAfter = options.retryAfter
  }

  get status(): number {
    return ERRORS[this.code].status
  }

  get retryable(): boolean {
    return ERRORS[this.code].retryable
  }

  /** What whoever asked may read of it. */
  get publicMessage(): string {
    return SECRETIVE.has(this.code) ? ERRORS[this.code].message : this.message
  }
}
