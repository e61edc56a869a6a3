/** One round of load on one target: how fast it acknowledges, how fast it stores. */
import { setTimeout as pause } from 'node:timers/promises'
import type { LoadSpec } from '../load/protocol.ts'
import { loadOn, type Target } from '../targets/target.ts'
import { runLoad } from './load.ts'

export type IngestLoad = Omit<LoadSpec, 'url' | 'headers' | 'firstNumber'>

export interface IngestRound {
  /** Units (observations, points) a second, until the last answer. */
  readonly acknowledged: number
  /** Units a second, until a reader is told of all that was acknowledged. */
  readonly stored: number
  /** Of bodies, stored. */
  readonly megabytesPerSecond: number
  /** Requests that were sent again because the target wanted a pause. */
  readonly shed: number
  /** Units acknowledged of which no reader was told in time. */
  readonly missing: number
}

/** A count that stands still for so long will not grow. */
const STILL_MS = 60_000
const POLL_MS = 50
/** Numbers of the warm-up's requests start here, far from those that count. */
const WARM_UP_NUMBER = 2 ** 31

export interface IngestTimes {
  /** Of load that counts. */
  readonly seconds: number
  /** Of load before it. */
  readonly warmUpSeconds?: number
}

/**
 * Warms up, waits until that is stored, then loads for so many seconds and waits again. Once a server:
 * a second time would send the same ids.
 */
export async function measureIngest(target: Target, load: IngestLoad, times: IngestTimes): Promise<IngestRound> {
  const { seconds, warmUpSeconds = 2 } = times
  const count = counterOf(target, load)
  const empty = await count()
  const warmUp = await runLoad(loadOn(target, { ...load, firstNumber: WARM_UP_NUMBER }), warmUpSeconds)
  const before = await untilCounted(count, empty + warmUp.units)
  const result = await runLoad(loadOn(target, { ...load, firstNumber: 0 }), seconds)
  const answered = performance.now()
  const stored = (await untilCounted(count, before + result.units)) - before
  const storedSeconds = result.seconds + (performance.now() - answered) / 1000
  if (result.failed > 0)
    throw new Error(`${target.name}: ${result.failed} requests failed, such as ${result.firstFailure}`)
  return {
    acknowledged: result.units / result.seconds,
    stored: stored / storedSeconds,
    megabytesPerSecond: (result.bytes * (stored / result.units)) / storedSeconds / 1e6,
    shed: result.shed,
    missing: result.units - stored,
  }
}

function counterOf(target: Target, { format }: IngestLoad): () => Promise<number> {
  if (format !== 'metrics') return target.countObservations
  if (!target.countPoints) throw new Error(`${target.name} can't tell how many points it has`)
  return target.countPoints
}

/** Asks until so many are there, or no more come; gives the last answer. */
export async function untilCounted(count: () => Promise<number>, wanted: number): Promise<number> {
  let counted = await count()
  for (let since = performance.now(); counted < wanted && performance.now() - since < STILL_MS; ) {
    await pause(POLL_MS)
    const now = await count()
    if (now !== counted) since = performance.now()
    counted = now
  }
  return counted
}
