import { expect, test } from 'vitest'
import { createRefusals } from '#ingest/refusals.ts'
import { type Logger, silentLogger } from '#telemetry/logger.ts'
import { createMetrics } from '#telemetry/metrics.ts'

function watched() {
  const lines: [fields: object, message: string][] = []
  const keep = (fields: object, message: string) => {
    lines.push([fields, message])
  }
  const logger: Logger = { ...silentLogger, info: keep, warn: keep }
  const metrics = createMetrics()
  return { refusals: createRefusals({ metrics, logger }), metrics, lines }
}

test('counts every refusal and tells the first few', async () => {
  const { refusals, metrics, lines } = watched()
  refusals.refused(
    'ingestion',
    Array.from({ length: 9 }, (_, index) => ({ id: `${index}`, reason: 'bad' })),
  )
  expect(await metrics.text()).toContain('xtrace_ingest_refused_total{via="ingestion"} 9')
  expect(lines).toHaveLength(1)
  expect(lines[0]?.[0]).toMatchObject({ count: 9, first: { length: 5 } })
})

test('counts dropped scores apart', async () => {
  const { refusals, metrics } = watched()
  refusals.dropped([{ id: 's', reason: 'out of range' }])
  expect(await metrics.text()).toContain('xtrace_scores_dropped_total 1')
})

test('says nothing of nothing', () => {
  const { refusals, lines } = watched()
  refusals.refused('ingestion', [])
  refusals.dropped([])
  refusals.sdkLogs([])
  expect(lines).toEqual([])
})

test('cuts what a client wrote', () => {
  const { refusals, lines } = watched()
  refusals.sdkLogs(['x'.repeat(10_000)])
  refusals.refused('ingestion', [{ id: null, reason: 'y'.repeat(10_000) }])
  for (const line of lines) expect(JSON.stringify(line).length).toBeLessThan(3000)
  expect(lines).toHaveLength(2)
})
