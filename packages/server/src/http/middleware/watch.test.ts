import { expect, test } from 'vitest'
import { AppError } from '#domain/errors.ts'
import { type Logger, silentLogger } from '#telemetry/logger.ts'
import { nopMetrics } from '#telemetry/metrics.ts'
import { createWatch } from './watch.ts'

test('a flood of refusals is one line a second, with the number of those left out', () => {
  const lines: object[] = []
  const logger: Logger = { ...silentLogger, warn: (fields) => lines.push(fields) }
  let now = 0
  const watch = createWatch(logger, nopMetrics, () => now)
  const refuse = (code: 'log_full' | 'too_many_requests') =>
    watch({
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
