import type { AppError, ErrorCode } from '#domain/errors.ts'
import type { Logger } from '#telemetry/logger.ts'
import type { Metrics } from '#telemetry/metrics.ts'

/** What became of one request. */
export interface Outcome {
  /** The path pattern, so that ids never become labels. */
  readonly route: string
  readonly method: string
  readonly path: string
  readonly status: number
  readonly requestId: string
  readonly durationMs: number
  readonly error?: AppError | undefined
}

const BUCKETS_S = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

/** How often one kind of overload is logged: the flood that causes it must not fill the log too. */
const OVERLOAD_LOG_MS = 1000

type Failure = Omit<Outcome, 'status' | 'durationMs' | 'error'> & { readonly error: AppError }

export interface Watch {
  answered(outcome: Outcome): void
  /** An answer that has begun, and counts as answered, ended before its end. */
  brokeOff(failure: Failure): void
}

/**
 * Counts and logs every answer: our own failures as errors, refusals for want of room as warnings,
 * at most one a second of each code, the rest for debugging.
 */
export function createWatch(logger: Logger, metrics: Metrics, now: () => number = Date.now): Watch {
  const requests = metrics.counter('xtrace_http_requests_total', 'Requests answered', ['route', 'method', 'status'])
  const errors = metrics.counter('xtrace_http_errors_total', 'Requests that failed, by error code', ['code'])
  const seconds = metrics.histogram('xtrace_http_request_seconds', 'Time to answer a request', {
    labels: ['route', 'method'],
    buckets: BUCKETS_S,
  })
  const write = createLog(logger, now)
  return {
    answered(outcome) {
      const { route, method, status, error } = outcome
      requests.inc({ route, method, status: String(status) })
      seconds.observe({ route, method }, outcome.durationMs / 1000)
      if (error) errors.inc({ code: error.code })
      write(outcome)
    },
    brokeOff(failure) {
      errors.inc({ code: failure.error.code })
      write(failure)
    },
  }
}

function createLog(logger: Logger, now: () => number): (outcome: Outcome | Failure) => void {
  const overloads = new Map<ErrorCode, { readonly loggedAt: number; skipped: number }>()
  const logOverload = (code: ErrorCode, fields: object) => {
    const last = overloads.get(code)
    if (last && now() - last.loggedAt < OVERLOAD_LOG_MS) {
      last.skipped++
      return
    }
    overloads.set(code, { loggedAt: now(), skipped: 0 })
    logger.warn({ ...fields, skipped: last?.skipped ?? 0 }, 'Refused for want of room')
  }
  return ({ error, ...fields }) => {
    if (!error) {
      logger.debug(fields, 'Answered')
      return
    }
    const refusal = { ...fields, code: error.code, reason: error.message }
    if (error.code === 'too_many_requests' || error.code === 'log_full') logOverload(error.code, refusal)
    else if (error.status >= 500) logger.error({ ...refusal, error: error.cause ?? error }, 'Failed')
    else logger.debug(refusal, 'Refused')
  }
}
