/**
 * A full disk: writes are refused with a sentence, reads go on, service resumes by itself once there is
 * room, and nothing acknowledged is lost. Once on a disk that is really full, where the test may make one,
 * and always on one that says so.
 */
import { rm } from 'node:fs/promises'
import { setTimeout } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createFailingDisk } from '#eventlog/disk.fake.ts'
import { checkStore } from '../crash/check.ts'
import { CLIENTS, drive, openLedger } from '../crash/clients.ts'
import { openTestApp } from '../support/app.ts'
import { type ServerProcess, serverProcess } from '../support/server-process.ts'
import { openSmallDisk } from './small-disk.ts'

const WITHIN_MS = 60_000
/** What the program leaves free, and needs for the writes that are under way when another one takes half of it. */
const RESERVE_BYTES = 48 * 1024 * 1024

async function until(what: string, isSo: () => Promise<boolean> | boolean): Promise<void> {
  for (const deadline = Date.now() + WITHIN_MS; !(await isSo()); await setTimeout(20))
    if (Date.now() > deadline) throw new Error(`Not in ${WITHIN_MS} ms: ${what}`)
}

const BODY = { trace: { id: 'probe', name: 'probe' } }
const REFUSAL = {
  message: expect.stringContaining('disk of the event log is full'),
  code: 'SERVICE_UNAVAILABLE',
}

async function writeProbe(server: Pick<ServerProcess, 'send'>) {
  const answer = await server.send('POST', '/v1/l/batch', { body: BODY })
  return { status: answer.status, retryAfter: answer.headers.get('retry-after'), body: await answer.json() }
}

const disk = await openSmallDisk(256)

if (disk) {
  test('a disk that is full', { timeout: 240_000 }, async () => {
    const server = serverProcess({
      dataDir: disk.dir,
      env: {
        XTRACE_READ_BARRIER_MS: '200',
        XTRACE_EVENT_LOG_MAX_BYTES: '16MiB',
        XTRACE_MAX_REQUEST_BODY_BYTES: '1MiB',
        XTRACE_DISK_RESERVE_BYTES: String(RESERVE_BYTES),
        XTRACE_LOG_LEVEL: 'error',
      },
    })
    const ledger = openLedger()
    const stopping = new AbortController()
    try {
      await server.start()
      const clients = Promise.all(CLIENTS.map((client) => drive(client, server, { ledger, signal: stopping.signal })))
      await until('records acknowledged', () => ledger.acknowledged.size > 200)
      await until('a refusal for want of room', async () => {
        await disk.fillTo(RESERVE_BYTES / 2)
        const { status, retryAfter, body } = await writeProbe(server)
        if (status === 200) return false
        expect([status, Number(retryAfter), body]).toEqual([503, expect.any(Number), REFUSAL])
        return true
      })
      for (const path of ['/api/public/traces?limit=5', '/api/public/observations?limit=5', '/healthz']) {
        const answer = await server.send('GET', path)
        expect([path, answer.status], server.said().slice(-3000)).toEqual([path, 200])
        await answer.arrayBuffer()
      }
      await disk.free()
      await until('writes taken again', async () => (await writeProbe(server)).status === 200)
      const before = ledger.acknowledged.size
      await until('more records acknowledged', () => ledger.acknowledged.size > before + 100)
      stopping.abort()
      await clients
      expect(await server.stop(), server.said().slice(-2000)).toBe(0)
      for (const record of [{ table: 'traces', id: 'probe', says: '' } as const])
        ledger.sent.set(`${record.table} ${record.id}`, record)
      const { checked: _, ...verdict } = await checkStore(disk.dir, ledger)
      expect(verdict).toEqual({ lost: [], doubled: [], invented: [], changed: [] })
    } finally {
      stopping.abort()
      await server.kill()
      await disk.close()
    }
  })
}

test('a disk that says that it is full', async () => {
  const failing = createFailingDisk()
  const app = await openTestApp({
    log: { maxBytes: 1e8, segmentBytes: 1e6, sync: 'always', syncIntervalMs: 100, disk: failing },
    http: { maxBodyBytes: 1e6, readBarrierMs: 5000 },
  })
  try {
    expect(await writeProbe(app)).toMatchObject({ status: 200 })
    failing.fails = 'full'
    expect(await writeProbe(app)).toEqual({ status: 503, retryAfter: '5', body: REFUSAL })
    const legacy = await app.send('POST', '/api/public/ingestion', {
      body: { batch: [{ id: 'e', type: 'trace-create', timestamp: '2026-01-02T03:04:05Z', body: { id: 't' } }] },
    })
    expect([legacy.status, await legacy.text()]).toEqual([503, expect.stringContaining('is full')])
    expect(await app.get('/api/public/traces/probe')).toMatchObject({ id: 'probe' })
    failing.fails = 'none'
    expect(await writeProbe(app)).toMatchObject({ status: 200 })
    expect((await app.send('GET', '/api/public/traces/t')).status).toBe(404)
  } finally {
    await app.close()
    await rm(app.dataDir, { recursive: true, force: true })
  }
})
