/**
 * Many heavy questions at once, over more rows than they can be answered from in time: each gets its answer, or is
 * told that it asks too much, and meanwhile writes and other reads go on, those of another project too.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openChdb } from '#store/chdb.ts'
import { migrate } from '#store/migrate.ts'
import { silentLogger } from '#telemetry/logger.ts'
import { openTestApp, type TestApp } from '../support/app.ts'
import { asOther, OTHER_PROJECT } from '../support/call.ts'

const ROWS = 300_000
const ROWS_AT_ONCE = 30_000
const AT_ONCE = 20
const MIB = 1024 * 1024

let dataDir = ''
let app: TestApp
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'xtrace-heavy-'))
  await seed()
  app = await openTestApp({
    ...OTHER_PROJECT,
    dataDir,
    engine: { memoryBytes: 1500 * MIB, maxQuerySeconds: 1, maxQueryMemoryBytes: 100 * MIB },
  })
}, 120_000)
afterAll(async () => {
  await app?.close()
  await rm(dataDir, { recursive: true, force: true })
})

/** A year of observations with inputs that no two share, written by the engine itself. */
async function seed(): Promise<void> {
  const engine = await openChdb({
    path: join(dataDir, 'store'),
    memoryBytes: 1500 * MIB,
    queryConnections: 1,
    maxQuerySeconds: 60,
    maxQueryMemoryBytes: 1000 * MIB,
    logger: silentLogger,
  })
  await migrate(engine)
  for (let from = 0; from < ROWS; from += ROWS_AT_ONCE)
    await engine.command(`
    INSERT INTO observations (project_id, id, trace_id, type, name, start_time, end_time, environment, level, input, total_cost)
    SELECT 'default', toString(number), toString(intDiv(number, 8)), 'SPAN', toString(cityHash64(number)),
      toDateTime64('2025-01-01 00:00:00', 9, 'UTC') + toIntervalSecond(number * 100),
      toDateTime64('2025-01-01 00:00:01', 9, 'UTC') + toIntervalSecond(number * 100),
      'default', 'DEFAULT', randomPrintableASCII(100), number / 1000
    FROM numbers(${from}, ${ROWS_AT_ONCE})`)
  await engine.close()
}

const asked = (question: object) => `query=${encodeURIComponent(JSON.stringify(question))}`
const holding = (value: string) =>
  `filter=${encodeURIComponent(JSON.stringify([{ type: 'string', column: 'name', operator: 'contains', value }]))}`

/** The widest window and the heaviest filters that a caller can ask for. */
const HEAVY = [
  `/api/public/v2/metrics?${asked({
    view: 'observations',
    dimensions: [{ field: 'name' }],
    metrics: ['p50', 'p95', 'p99'].map((aggregation) => ({ measure: 'latency', aggregation })),
    filters: [],
    fromTimestamp: '1970-01-01T00:00:00Z',
    toTimestamp: '2100-01-01T00:00:00Z',
  })}`,
  `/api/public/observations?${holding('not there at all')}`,
  `/api/public/v2/observations?fields=core,basic,io&${holding('nor this')}`,
  '/api/public/metrics/daily?limit=100',
]

const POLITE = new Set([200, 422, 429])

test('they stop nobody', { timeout: 180_000 }, async () => {
  const started = Array.from({ length: AT_ONCE }, (_, index) => app.send('GET', HEAVY[index % HEAVY.length] ?? ''))
  const heavy = Promise.all(started)
  const written = await app.send('POST', '/v1/l/batch', { body: { trace: { id: 'meanwhile', name: 'meanwhile' } } })
  expect(written.status).toBe(200)
  expect(await app.get('/api/public/traces/meanwhile')).toMatchObject({ name: 'meanwhile' })
  expect(await app.get('/api/public/observations/7')).toMatchObject({ id: '7' })
  const others = await app.send('GET', '/api/public/traces', { headers: asOther })
  expect([others.status, await others.json()]).toMatchObject([200, { data: [] }])
  const answers = await Promise.all(
    (await heavy).map(async (answer) => ({ status: answer.status, text: await answer.text() })),
  )
  expect(answers.filter(({ status }) => !POLITE.has(status))).toEqual([])
  for (const { status, text } of answers) if (status === 422) expect(text).toContain('Request timed out')
  expect((await app.send('GET', '/api/public/traces?limit=1')).status).toBe(200)
})
