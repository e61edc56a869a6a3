/** From the press of a key to the paint of what it did, as the browser reports it. */
import { setTimeout as pause } from 'node:timers/promises'
import type { Visit } from './visit.ts'

/** What is quicker is not reported by the browser, and counts as this. */
const LEAST_REPORTED_MS = 16
const BETWEEN_MS = 60
/** Reports come after the frame. */
const SETTLE_MS = 500

/** One duration for each key. */
export async function measureKeys(visit: Visit, keys: readonly string[]): Promise<number[]> {
  const from = await visit.ask('now()')
  for (const key of keys) {
    await visit.page.keyboard.press(key)
    await pause(BETWEEN_MS)
  }
  await pause(SETTLE_MS)
  const reported = await visit.askAll(`keysSince(${from})`)
  return [...reported, ...Array<number>(Math.max(0, keys.length - reported.length)).fill(LEAST_REPORTED_MS)]
}
