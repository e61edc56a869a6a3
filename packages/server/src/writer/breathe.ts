import timers from 'node:timers/promises'

/** Called often by long work; lets requests have their turn whenever the work has had its share of time. */
export type Breathe = () => Promise<void> | undefined

const SHARE_MS = 8

export function createBreathe(now: () => number = () => performance.now()): Breathe {
  let since = now()
  const pause = async () => {
    await timers.setImmediate()
    since = now()
  }
  return () => (now() - since < SHARE_MS ? undefined : pause())
}
