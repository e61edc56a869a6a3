/** The engine refuses a record: it is put aside, listed, sent again through the running server, and readable. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { createApp } from '#app.ts'
import { runCli } from '#cli/cli.ts'
import { openChdb } from '#store/chdb.ts'
import { silentLogger } from '#telemetry/logger.ts'
import { openTestApp, TEST_TOKEN, type TestApp } from '../support/app.ts'

const PATIENCE = { timeout: 30_000 }
const MIB = 1024 * 1024

let dataDir = ''
let app: TestApp | undefined
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'xtrace-letters-'))
  app = await openTestApp({ dataDir })
})
afterEach(() => app?.close())
afterAll(() => rm(dataDir, { recursive: true, force: true }))

/** Changes the store while no program has it. */
async function alter(statement: string): Promise<void> {
  const engine = await openChdb({
    path: join(dataDir, 'store'),
    memoryBytes: 1000 * MIB,
    maxQuerySeconds: 20,
    maxQueryMemoryBytes: 500 * MIB,
    logger: silentLogger,
  })
  await engine.command(statement)
  await engine.close()
}

async function reopen(statement: string): Promise<TestApp> {
  await app?.close()
  app = undefined
  await alter(statement)
  app = await openTestApp({ dataDir })
  return app
}

/** Lines of the command's list. */
async function list(): Promise<unknown[]> {
  let out = ''
  const code = await runCli({
    args: ['dead-letters', '--json'],
    env: { XTRACE_DATA_DIR: dataDir, XTRACE_LOG_LEVEL: 'silent' },
    platform: process.platform,
    home: dataDir,
    version: '0.0.0-test',
    webDir: dataDir,
    out: (text) => {
      out += text
    },
    err: () => {},
    onSignal: () => {},
    exit: () => {},
    stopWithinMs: 1,
    createApp,
  })
  expect(code).toBe(0)
  return out
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
}

const Page = z.object({ data: z.array(z.object({ id: z.string(), input: z.unknown() })) })

async function stored(to: TestApp): Promise<unknown[]> {
  const { data } = Page.parse(await to.get('/api/public/observations?limit=50'))
  return data.map(({ id, input }) => [id, input]).toSorted()
}

const replay = (to: TestApp, authorization: string) =>
  to.send('POST', '/api/admin/dead-letters/replay', { headers: { authorization } })

test('refused, listed, sent again, readable', { timeout: 120_000 }, async () => {
  // The engine says that it can't parse the row, as it would of one that this version writes wrongly.
  const refusing = await reopen(
    "ALTER TABLE observations ADD CONSTRAINT test_refusal CHECK toInt32(if(name = 'refused', 'x', '1')) = 1",
  )
  const timestamp = '2026-03-01T10:00:00.000Z'
  const span = (id: string) => ({
    id: `e-${id}`,
    type: 'span-create',
    timestamp,
    body: { id, traceId: 't', name: id, startTime: timestamp, input: `of ${id}` },
  })
  const answer = await refusing.send('POST', '/api/public/ingestion', {
    body: { batch: ['first', 'refused', 'last'].map(span) },
  })
  expect(answer.status).toBe(207)
  const others = [
    ['first', 'of first'],
    ['last', 'of last'],
  ]
  await expect.poll(() => stored(refusing), PATIENCE).toEqual(others)
  await expect.poll(list, PATIENCE).toMatchObject([{ stage: 'store', change: { id: 'refused', kind: 'observation' } }])

  const again = await replay(refusing, `Bearer ${TEST_TOKEN}`)
  expect([again.status, await again.json()]).toEqual([200, { letters: 1, unreadable: 0 }])
  await expect.poll(list, PATIENCE).toMatchObject([{ stage: 'store', change: { id: 'refused' } }])
  expect(await stored(refusing)).toEqual(others)

  const healed = await reopen('ALTER TABLE observations DROP CONSTRAINT test_refusal')
  expect((await replay(healed, 'Basic cGstdGVzdDpzay10ZXN0')).status).toBe(403)
  const last = await replay(healed, `Bearer ${TEST_TOKEN}`)
  expect([last.status, await last.json()]).toEqual([200, { letters: 1, unreadable: 0 }])
  await expect.poll(() => stored(healed), PATIENCE).toEqual([...others, ['refused', 'of refused']])
  expect(await list()).toEqual([])
})
