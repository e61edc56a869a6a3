import { expect, test } from 'vitest'
import { AppError } from '#domain/errors.ts'
import { createMetrics } from '#telemetry/metrics.ts'
import { createFakeEngine } from '../../test/fakes/engine.ts'
import { measureEngine } from './engine-metrics.ts'
import { sql } from './sql.ts'

test('tells of queries, inserts, failures and what is stored', async () => {
  const metrics = createMetrics()
  const fake = createFakeEngine()
  fake.answers = () => [{ parts: '3', rows: '40', bytes: '500', mutations: '1', memory: '70', cached: '60' }]
  const engine = measureEngine(fake, metrics)
  await engine.query(sql`SELECT 1`)
  await engine.query(sql`SELECT 1`, { lane: 'heavy' })
  await engine.insert('traces', [{ id: 'a' }], 'token')
  fake.refuses = () => true
  await expect(engine.insert('traces', [{ id: 'a' }], 'token')).rejects.toThrow(AppError)
  const text = await metrics.text()
  for (const line of [
    'xtrace_engine_query_seconds_count{lane="heavy"} 1',
    'xtrace_engine_insert_seconds_count{table="traces"} 2',
    'xtrace_engine_failures_total{operation="insert",code="bad_request"} 1',
    'xtrace_engine_read_queries_running 0',
    'xtrace_engine_parts 3',
    'xtrace_engine_rows 40',
    'xtrace_engine_disk_bytes 500',
    'xtrace_engine_mutations 1',
    'xtrace_engine_memory_bytes 70',
    'xtrace_engine_cached_bytes 60',
  ])
    expect(text).toContain(line)
})

test('says nothing of what a store that is down holds, and answers all the same', async () => {
  const metrics = createMetrics()
  const fake = createFakeEngine()
  fake.isDown = true
  measureEngine(fake, metrics)
  expect(await metrics.text()).toContain('xtrace_engine_parts Nan')
})
