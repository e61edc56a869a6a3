/**
 * Kills the program at random instants while four clients write and retry: what was acknowledged is
 * there afterwards, as it was sent and once, and nothing else is. `npm run test:crash` runs many rounds.
 */
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { type ServerProcess, serverProcess } from '../support/server-process.ts'
import { createChance } from './chance.ts'
import { checkStore } from './check.ts'
import { CLIENTS, drive, type Ledger, openLedger } from './clients.ts'

const ROUNDS = Number(process.env['XTRACE_CRASH_ROUNDS'] ?? 6)
const SEED = Number(process.env['XTRACE_CRASH_SEED'] ?? Date.now() % 1_000_000)
const ROUND_MS = 40_000

/** One body fills a sixteenth of it, so that segments come and go. */
const SMALL = { XTRACE_EVENT_LOG_MAX_BYTES: '16MiB', XTRACE_MAX_REQUEST_BODY_BYTES: '1MiB', XTRACE_LOG_LEVEL: 'warn' }

const PROGRESS_WITHIN_MS = 30_000

/** One kill in four hits a start, the others a program that has acknowledged something since it started. */
async function runAndKill(server: ServerProcess, chance: () => number, ledger: Ledger): Promise<void> {
  if (chance() < 0.25) {
    const started = server.start()
    await setTimeout(chance() * 1500)
    await server.kill()
    return await started
  }
  await server.start()
  const enough = ledger.acknowledged.size + 1 + Math.floor(chance() * 400)
  for (const deadline = Date.now() + PROGRESS_WITHIN_MS; ledger.acknowledged.size < enough; await setTimeout(1))
    if (Date.now() > deadline) throw new Error(`The server acknowledges nothing:\n${server.said().slice(-2000)}`)
  await setTimeout(chance() * 20)
  await server.kill()
}

/** A newest record of each client, through the program that has just started again. */
async function readNewest(server: ServerProcess, { acknowledged }: Ledger): Promise<void> {
  const ids = [...acknowledged].filter((key) => key.startsWith('observations ')).slice(-4)
  for (const key of ids) {
    const answer = await server.send('GET', `/api/public/observations/${key.split(' ')[1]}`)
    expect([key, answer.status]).toEqual([key, 200])
    await answer.arrayBuffer()
  }
}

test(`nothing acknowledged is lost, doubled or changed (seed ${SEED})`, {
  timeout: 60_000 + ROUNDS * ROUND_MS,
}, async () => {
  console.log(`crash rounds: ${ROUNDS}, seed ${SEED} (XTRACE_CRASH_SEED)`)
  const dataDir = await mkdtemp(join(tmpdir(), 'xtrace-crash-'))
  const server = serverProcess({ dataDir, env: SMALL })
  const chance = createChance(SEED)
  const ledger = openLedger()
  const stopping = new AbortController()
  try {
    const clients = Promise.all(CLIENTS.map((client) => drive(client, server, { ledger, signal: stopping.signal })))
    for (let round = 0; round < ROUNDS; round++) await runAndKill(server, chance, ledger)
    await server.start()
    await readNewest(server, ledger)
    stopping.abort()
    await clients
    expect(await server.stop(), server.said().slice(-2000)).toBe(0)
    const { checked, ...verdict } = await checkStore(dataDir, ledger)
    console.log(
      `crash rounds: ${ledger.acknowledged.size} acknowledged of ${ledger.sent.size} records, ${ledger.retries} retries, ${checked} stored`,
    )
    expect(verdict).toEqual({ lost: [], doubled: [], invented: [], changed: [] })
    expect(ledger.acknowledged.size).toBeGreaterThan(ROUNDS * 10)
    await expect(readdir(join(dataDir, 'dead-letters'))).rejects.toThrow('ENOENT')
  } finally {
    stopping.abort()
    await server.kill()
    await rm(dataDir, { recursive: true })
  }
})
