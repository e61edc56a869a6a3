/** An answer of the server that is not the one hoped for, or none at all (status 0, code `OFFLINE`). */
export class ApiError extends Error {
  readonly status: number
  /** As the server spells it: `NOT_FOUND`, `BAD_REQUEST`, … */
  readonly code: string
  /** By which the server's log knows the request; undefined when it never got there. */
  readonly requestId: string | undefined
  /** Seconds after which it may be tried again. */
  readonly retryAfter: number | undefined

  constructor(message: string, fields: Pick<ApiError, 'status' | 'code' | 'requestId' | 'retryAfter'>) {
    super(message)
    this.name = 'ApiError'
    this.status = fields.status
    this.code = fields.code
    this.requestId = fields.requestId
    this.retryAfter = fields.retryAfter
  }

  /** Whether the same request may succeed a little later. */
  get isPassing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500
  }
}
