import { describe, expect, test } from 'vitest'
import { createMetrics } from './metrics.ts'
import { createLogger, type LogLevel } from './pino-logger.ts'

function recorder(level: LogLevel) {
  const lines: string[] = []
  const logger = createLogger({ level, output: { write: (line) => lines.push(line) } })
  return { logger, lines: () => lines.map((line): Record<string, unknown> => JSON.parse(line)) }
}

describe('createLogger', () => {
  test('writes lines of JSON with the fields of its ancestors', () => {
    const { logger, lines } = recorder('info')
    logger.child({ requestId: 'r1' }).warn({ bytes: 3 }, 'Too much')
    expect(lines()).toEqual([
      { level: 'warn', time: expect.stringMatching(/Z$/), requestId: 'r1', bytes: 3, msg: 'Too much' },
    ])
  })

  test('keeps quiet below its level', () => {
    const { logger, lines } = recorder('warn')
    logger.debug({}, 'no')
    logger.info({}, 'no')
    logger.error({ error: new Error('broken') }, 'yes')
    expect(lines()).toMatchObject([{ msg: 'yes', error: { message: 'broken' } }])
  })

  test.each([
    ['a header', { headers: { authorization: 'Basic abc' } }],
    ['a header of a request', { request: { headers: { authorization: 'Basic abc' } } }],
    ['a field', { secretKey: 'Basic abc' }],
    ['a field within', { credentials: { token: 'Basic abc' } }],
  ])('blanks a credential in %s', (_name, fields) => {
    const { logger, lines } = recorder('info')
    logger.info(fields, 'hello')
    expect(JSON.stringify(lines())).toContain('[secret]')
    expect(JSON.stringify(lines())).not.toContain('abc')
  })
})

describe('createMetrics', () => {
  test('prints counters, gauges, histograms and the figures of the process', async () => {
    const metrics = createMetrics()
    const dropped = metrics.counter('dropped_total', 'Dropped', ['code'])
    dropped.inc({ code: 'too_big' })
    dropped.inc({ code: 'too_big' }, 2)
    metrics.counter('plain_total', 'Plain').inc({})
    metrics.gauge('backlog_bytes', 'Backlog', async () => 7)
    metrics.histogram('wait_seconds', 'Wait', { buckets: [0.1, 1], labels: ['route'] }).observe({ route: '/a' }, 0.5)
    const text = await metrics.text()
    for (const line of [
      'dropped_total{code="too_big"} 3',
      'plain_total 1',
      'backlog_bytes 7',
      'wait_seconds_bucket{le="0.1",route="/a"} 0',
      'wait_seconds_bucket{le="1",route="/a"} 1',
    ]) {
      expect(text).toContain(line)
    }
    expect(text).toContain('process_cpu_seconds_total')
  })

  test('refuses a name that is taken', () => {
    const metrics = createMetrics()
    metrics.gauge('a', 'A', () => 1)
    expect(() => metrics.gauge('a', 'A', () => 1)).toThrow(/already/)
  })
})
