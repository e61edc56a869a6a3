/** The live list while traces come in: what it costs in memory, and whether keys still answer. */
import { setTimeout as pause } from 'node:timers/promises'
import { startLoad } from '../lib/load.ts'
import { loadOn } from '../targets/target.ts'
import type { Xtrace } from '../targets/xtrace.ts'
import { measureKeys } from './measure-keys.ts'
import type { OpenVisit } from './visit.ts'

const REQUESTS_A_SECOND = 10
const TRACES_A_REQUEST = 20
/** Until the list is as long as it gets, mostly. */
const SETTLE_MS = 10_000
const FIRST_NUMBER = 2 ** 30
const PRESSES = 20

export interface LiveFigures {
  readonly tracesPerSecond: number
  readonly growthMegabytes: number
  readonly keysMs: readonly number[]
}

export async function measureLive(open: OpenVisit, server: Xtrace, seconds: number): Promise<LiveFigures> {
  const load = await startLoad(
    loadOn(server, {
      format: 'otlp-protobuf',
      payloadBytes: 512,
      clients: 8,
      tracesPerRequest: TRACES_A_REQUEST,
      observationsPerTrace: 2,
      rate: REQUESTS_A_SECOND,
      firstNumber: FIRST_NUMBER,
    }),
  )
  const figures = await open(async (visit) => {
    await visit.go('/traces?t=1h&live=1')
    await visit.ask('firstRows')
    await pause(SETTLE_MS)
    const before = await visit.heap()
    const end = performance.now() + seconds * 1000
    const keysMs: number[] = []
    while (performance.now() < end) {
      await pause(SETTLE_MS / 2)
      keysMs.push(...(await measureKeys(visit, Array<string>(PRESSES).fill('j'))))
      await visit.page.keyboard.press('Home')
    }
    return { growthMegabytes: (await visit.heap()) - before, keysMs }
  })
  const { units, seconds: took } = await load.stop()
  return { ...figures, tracesPerSecond: units / 2 / took }
}
