import { expect, test } from 'vitest'
import { AppError } from '#domain/errors.ts'
import { type Logger, silentLogger } from '#telemetry/logger.ts'
import { createMetrics, nopMetrics } from '#telemetry/metrics.ts'
import { createWatch } from './watch.ts'

test('a flood of refusals is one line a second, with the number of those left out', () => {
  const lines: object[] = []
  const logger: Logger = { ...silentLogger, warn: (fields) => lines.push(fields) }
  let now = 0
  const { answered } = createWatch(logger, nopMetrics, () => now)
  const refuse = (code: 'log_full' | 'too_many_requests') =>
    answered({
      route: '/a',
      method: 'POST',
      path: '/a',
      status: 503,
      requestId: 'r',
      durationMs: 1,
      error: new AppError(code),
    })
  for (let request = 0; request < 10; request++) refuse('log_full')
  refuse('too_many_requests')
  now = 1000
  refuse('log_full')
  expect(lines).toMatchObject([
    { code: 'log_full', skipped: 0 },
    { code: 'too_many_requests', skipped: 0 },
    { code: 'log_full', skipped: 9 },
  ])
})

test('an answer that broke off is a failure, and was answered once', async () => {
  const lines: object[] = []
  const logger: Logger = { ...silentLogger, error: (fields) => lines.push(fields) }
  const metrics = createMetrics()
  const watch = createWatch(logger, metrics)
  const request = { route: '/a', method: 'GET', path: '/a', requestId: 'r' }
  watch.answered({ ...request, status: 200, durationMs: 1 })
  watch.brokeOff({ ...request, error: new AppError('unavailable', 'The store is gone') })
  const text = await metrics.text()
  expect(text).toMatch(/^xtrace_http_requests_total\{.*status="200".*\} 1$/m)
  expect(text).toContain('xtrace_http_errors_total{code="unavailable"} 1')
  expect(lines).toMatchObject([{ path: '/a', code: 'unavailable', reason: 'The store is gone' }])
})
