import type { AppError } from '#domain/errors.ts'
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

/** Counts and logs every answer: our own failures as errors, refusals for want of room as warnings, the rest for debugging. */
export function createWatch(logger: Logger, metrics: Metrics): (outcome: Outcome) => void {
  const requests = metrics.counter('xtrace_http_requests_total', 'Requests answered', ['route', 'method', 'status'])
  const errors = metrics.counter('xtrace_http_errors_total', 'Requests that failed, by error code', ['code'])
  const seconds = metrics.histogram('xtrace_http_request_seconds', 'Time to answer a request', {
    labels: ['route', 'method'],
    buckets: BUCKETS_S,
  })
  return (outcome) => {
    const { route, method, status, error } = outcome
    requests.inc({ route, method, status: String(status) })
    seconds.observe({ route, method }, outcome.durationMs / 1000)
    if (error) errors.inc({ code: error.code })
    log(logger, outcome)
  }
}

function log(logger: Logger, { error, ...fields }: Outcome): void {
  if (!error) {
    logger.debug(fields, 'Answered')
    return
  }
  const refusal = { ...fields, code: error.code, reason: error.message }
  if (error.status >= 500) logger.error({ ...refusal, error: error.cause ?? error }, 'Failed')
  else if (error.status === 429) logger.warn(refusal, 'Refused')
  else logger.debug(refusal, 'Refused')
}
