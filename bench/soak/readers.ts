/** Who reads while a server is soaked: three questions and a probe of freshness, once a second each. */
import { setTimeout as pause } from 'node:timers/promises'
import { askOnce } from '../lib/ask.ts'
import { progress } from '../lib/bench.ts'
import { probes } from '../lib/probe.ts'
import { getJson } from '../targets/target.ts'
import type { Xtrace } from '../targets/xtrace.ts'

export const READS = ['list of traces', 'trace by id', 'daily metrics', 'write → read'] as const
export type Read = (typeof READS)[number]

/** Milliseconds of every read since the last time that they were taken. */
export type ReadTimes = Readonly<Record<Read, readonly number[]>>

export interface Readers {
  take(): ReadTimes
  /** Probes so far, each an observation of its own, and those whose read came without their record. */
  counts(): { readonly probes: number; readonly missing: number; readonly refused: number }
  stop(): Promise<void>
}

const EVERY_MS = 1000
const DAY_MS = 86_400_000
const LIST = '/api/public/traces?limit=50'

export function startReaders(server: Xtrace): Readers {
  let times = emptyTimes()
  const counts = { probes: 0, missing: 0, refused: 0 }
  const stopping = new AbortController()
  const ask = async (read: Read, path: string) => {
    const answered = await askOnce(server, { name: read, path, isBounded: true })
    if (typeof answered === 'string') throw new Error(`${path} was ${answered}`)
    times[read].push(answered)
  }
  const questions = async () => {
    await ask('list of traces', LIST)
    await ask('trace by id', server.tracePath(await newestTrace(server)))
    await ask('daily metrics', dailyPath())
  }
  const probe = async () => {
    for (const { writeMs, readMs, isFresh } of await probes(server, 1)) {
      times['write → read'].push(writeMs + readMs)
      counts.probes++
      if (!isFresh) counts.missing++
    }
  }
  const refused = (error: unknown) => {
    counts.refused++
    progress(`soak: ${String(error)}`)
  }
  const loops = [questions, probe].map((work) => everySecond(() => work().catch(refused), stopping.signal))
  return {
    take() {
      const taken = times
      times = emptyTimes()
      return taken
    },
    counts: () => ({ ...counts }),
    async stop() {
      stopping.abort()
      await Promise.all(loops)
    },
  }
}

const emptyTimes = (): Record<Read, number[]> => ({
  'list of traces': [],
  'trace by id': [],
  'daily metrics': [],
  'write → read': [],
})

/** Never two at once: what takes longer than a second leaves out the seconds that it took. */
async function everySecond(work: () => Promise<void>, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const begun = performance.now()
    await work()
    await pause(Math.max(0, EVERY_MS - (performance.now() - begun)), undefined, { signal }).catch(() => undefined)
  }
}

async function newestTrace(server: Xtrace): Promise<string> {
  const page = await getJson(server, '/api/public/traces?limit=1&fields=core')
  return /"id":"([^"]+)"/.exec(JSON.stringify(page))?.[1] ?? 'none'
}

function dailyPath(): string {
  return `/api/public/metrics/daily?${new URLSearchParams({ fromTimestamp: new Date(Date.now() - 7 * DAY_MS).toISOString() })}`
}
