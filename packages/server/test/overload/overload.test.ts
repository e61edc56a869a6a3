/**
 * Far more than the program can store: memory stays under its bound, what does not fit is refused with 429 or
 * 503 and a time to come back, reads answer meanwhile, and nothing acknowledged is missing afterwards.
 * `npm run test:crash` lets it last a minute.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { checkStore } from '../crash/check.ts'
import { keyOf, type Ledger, openLedger, type Sent } from '../crash/clients.ts'
import { type ServerProcess, serverProcess } from '../support/server-process.ts'

const SECONDS = Number(process.env['XTRACE_OVERLOAD_SECONDS'] ?? 4)
const MIB = 1024 * 1024
const SENDERS = 48
const TRACES_A_REQUEST = 20
/** A log of this size is full in a moment, and its writer can not keep up with all senders at once. */
const ENV = {
  XTRACE_EVENT_LOG_MAX_BYTES: `${16 * MIB}`,
  XTRACE_MAX_REQUEST_BODY_BYTES: `${MIB}`,
  XTRACE_BODIES_MAX_BYTES: `${8 * MIB}`,
  XTRACE_ENGINE_MEMORY_BYTES: `${512 * MIB}`,
  XTRACE_READ_BARRIER_MS: '100',
  XTRACE_LOG_LEVEL: 'error',
}
/** What the engine may use, what Node takes for itself, and the buffers named above with what is parsed of them. */
const MAX_RSS_BYTES = (512 + 768) * MIB

const FILLER = 'overload '.repeat(1000)

/** One request of one sender; another one every time. */
function requestOf(sender: number, number: number): { body: string; records: Sent[] } {
  const records = Array.from({ length: TRACES_A_REQUEST }, (_, index): Sent => {
    const id = `${sender}-${number}-${index}`
    return { table: 'traces', id, says: `${id} ${FILLER}` }
  })
  const batch = records.map(({ id, says: input }) => ({
    id,
    type: 'trace-create',
    timestamp: '2026-01-02T03:04:05.678Z',
    body: { id, timestamp: '2026-01-02T03:04:05.678Z', input },
  }))
  return { body: JSON.stringify({ batch }), records }
}

interface Tally {
  readonly ledger: Ledger
  taken: number
  shed: number
  readonly odd: string[]
}

/** Sends without a pause, whatever the answer. */
async function send(server: ServerProcess, sender: number, { tally, isOver }: { tally: Tally; isOver: () => boolean }) {
  for (let number = 0; !isOver(); number++) {
    const { body, records } = requestOf(sender, number)
    for (const record of records) tally.ledger.sent.set(keyOf(record), record)
    const answer = await server.send('POST', '/api/public/ingestion', { body })
    const text = await answer.text()
    if (answer.status === 207) {
      tally.taken++
      for (const record of records) tally.ledger.acknowledged.add(keyOf(record))
    } else if ((answer.status === 429 || answer.status === 503) && Number(answer.headers.get('retry-after')) > 0) {
      tally.shed++
    } else tally.odd.push(`${answer.status} ${text.slice(0, 200)}`)
  }
}

/** Reads until the end; gives the statuses met. */
async function readAlong(server: ServerProcess, isOver: () => boolean): Promise<Map<number, number>> {
  const statuses = new Map<number, number>()
  while (!isOver()) {
    const answer = await server.send('GET', '/api/public/traces?limit=1&fields=core')
    await answer.arrayBuffer()
    statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1)
  }
  return statuses
}

/** The most memory that a process ever had; undefined where the system does not say. */
async function peakBytes(pid: number): Promise<number | undefined> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(status) ?? []
  return kilobytes === undefined ? undefined : Number(kilobytes) * 1024
}

test('ten times what can be stored', { timeout: 240_000 + SECONDS * 10_000 }, async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'xtrace-overload-'))
  const server = serverProcess({ dataDir, env: ENV })
  const tally: Tally = { ledger: openLedger(), taken: 0, shed: 0, odd: [] }
  try {
    await server.start()
    const until = Date.now() + SECONDS * 1000
    // A slow machine takes longer until there is more than fits.
    const isOver = () => Date.now() > until && (tally.shed > 0 || Date.now() > until + 60_000)
    const senders = Array.from({ length: SENDERS }, (_, sender) => send(server, sender, { tally, isOver }))
    const [statuses] = await Promise.all([readAlong(server, isOver), ...senders])
    const peak = await peakBytes(server.pid())
    console.log(
      `overload: ${SECONDS} s, ${tally.taken} requests taken, ${tally.shed} shed, peak ${Math.round((peak ?? 0) / MIB)} MiB, reads ${JSON.stringify([...statuses])}`,
    )
    expect(tally.odd).toEqual([])
    expect(tally.taken).toBeGreaterThan(0)
    expect(tally.shed).toBeGreaterThan(0)
    expect([...statuses.keys()]).toEqual([200])
    expect(peak ?? 0).toBeLessThan(MAX_RSS_BYTES)
    expect((await server.send('POST', '/api/public/ingestion', { body: { batch: [] } })).status).toBe(207)
    expect(await server.stop(), server.said().slice(-2000)).toBe(0)
    // What the time for stopping did not suffice for is stored by the next start.
    await server.start()
    await expect
      .poll(async () => (await server.send('GET', '/metrics')).text(), { timeout: 120_000 })
      .toMatch(/^xtrace_writer_lag_bytes 0$/m)
    expect(await server.stop()).toBe(0)
    const { checked: _, ...verdict } = await checkStore(dataDir, tally.ledger)
    expect(verdict).toEqual({ lost: [], doubled: [], invented: [], changed: [] })
  } finally {
    await server.kill()
    await rm(dataDir, { recursive: true })
  }
})
