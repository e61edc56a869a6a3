/** What the engine says when it fails, as the failures that the rest of the program knows. */
import { AppError, type ErrorCode } from '#domain/errors.ts'

export type Operation = 'query' | 'insert' | 'command' | 'ping'

/**
 * Engine error name → our code, whatever the operation. Names are those of ClickHouse's ErrorCodes.
 * What stands in no table is `internal` for a query or command (we wrote the statement) and
 * `unavailable` for an insert (try again).
 */
const ALWAYS: Readonly<Record<string, ErrorCode>> = {
  TIMEOUT_EXCEEDED: 'query_too_heavy',
  TOO_SLOW: 'query_too_heavy',
  TOO_MANY_ROWS: 'query_too_heavy',
  TOO_MANY_BYTES: 'query_too_heavy',
  TOO_MANY_ROWS_OR_BYTES: 'result_too_large',
  QUERY_IS_TOO_LARGE: 'query_too_heavy',
  TOO_MANY_SIMULTANEOUS_QUERIES: 'too_many_requests',
  TOO_MANY_PARTS: 'unavailable',
  NETWORK_ERROR: 'unavailable',
  SOCKET_TIMEOUT: 'unavailable',
  ABORTED: 'unavailable',
  QUERY_WAS_CANCELLED: 'unavailable',
  NOT_ENOUGH_SPACE: 'unavailable',
  KEEPER_EXCEPTION: 'unavailable',
  ALL_CONNECTION_TRIES_FAILED: 'unavailable',
  TABLE_IS_READ_ONLY: 'unavailable',
  AUTHENTICATION_FAILED: 'unavailable',
}

/** Insert: the rows themselves are refused, and would be again. What can't be read from a disk or a socket is no fault of theirs. */
const ROWS_REFUSED =
  /^(CANNOT_(PARSE|READ(?!_FROM)|CONVERT|INSERT)_|INCORRECT_DATA|TYPE_MISMATCH|UNKNOWN_IDENTIFIER|NO_SUCH_COLUMN|UNEXPECTED_END_OF_FILE|VALUE_IS_OUT_OF_RANGE|ARGUMENT_OUT_OF_BOUND|TOO_LARGE_STRING|TOO_LARGE_ARRAY|ATTEMPT_TO_READ_AFTER_EOF|DECIMAL_OVERFLOW|ILLEGAL_COLUMN)/

/**
 * The failure that an engine error means.
 * `query_too_heavy`: past a limit of time or memory; for an insert that is `unavailable` (memory
 * comes back). `bad_request`: rows refused. `internal`: a statement of ours refused. `unavailable`:
 * the engine can't be reached or is shutting down.
 */
export function toAppError(error: unknown, operation: Operation): AppError {
  if (error instanceof AppError) return error
  const { code, detail } = describe(error, operation)
  return new AppError(code, `The store failed in a ${operation}: ${detail}`, { cause: error })
}

/** A query that takes more memory than it may, or gives more: it may pass in another form. */
export function isOutOfRoom(error: unknown): boolean {
  if (!(error instanceof AppError)) return false
  const isOutOfMemory = error.code === 'query_too_heavy' && engineName(error.cause) === 'MEMORY_LIMIT_EXCEEDED'
  return isOutOfMemory || error.code === 'result_too_large'
}

function describe(error: unknown, operation: Operation): { code: ErrorCode; detail: string } {
  const message = error instanceof Error ? error.message : String(error)
  const detail = message.split('\n', 1)[0]?.slice(0, 500) ?? ''
  const name = engineName(error)
  return name === undefined
    ? { code: 'unavailable', detail }
    : { code: codeOf(name, message, operation), detail: `${detail} (${name})` }
}

/** The engine's name for the failure; chDB and the client each bring a class of their own for it, of one shape. */
function engineName(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('type' in error)) return undefined
  return typeof error.type === 'string' ? error.type : undefined
}

function codeOf(name: string, message: string, operation: Operation): ErrorCode {
  if (name === 'MEMORY_LIMIT_EXCEEDED') {
    // The limit of one query is the query's fault; the limit of all together is the hour's.
    const isQuerys = operation === 'query' && /^Query memory limit|Memory limit \(for query\)/.test(message)
    return isQuerys ? 'query_too_heavy' : 'unavailable'
  }
  const always = ALWAYS[name]
  if (always) return operation === 'insert' && always === 'query_too_heavy' ? 'unavailable' : always
  if (operation !== 'insert') return 'internal'
  return ROWS_REFUSED.test(name) ? 'bad_request' : 'unavailable'
}
