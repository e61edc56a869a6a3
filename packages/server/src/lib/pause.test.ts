import { getEventListeners } from 'node:events'
import { describe, expect, test } from 'vitest'
import { pause } from './pause.ts'

const NEVER_MS = 2 ** 30
const listeners = (...signals: AbortSignal[]) => signals.map((signal) => getEventListeners(signal, 'abort').length)

describe('pause', () => {
  test.each([
    ['the first', 0],
    ['the second', 1],
  ])('ends when %s of two signals aborts, and leaves nothing with either', async (_, index) => {
    const controllers = [new AbortController(), new AbortController()]
    const signals = controllers.map(({ signal }) => signal)
    const paused = pause(NEVER_MS, signals)
    expect(listeners(...signals)).toEqual([1, 1])
    controllers[index]?.abort()
    await paused
    expect(listeners(...signals)).toEqual([0, 0])
  })

  test('ends after its time, and leaves nothing with the signal', async () => {
    const { signal } = new AbortController()
    await pause(1, [signal])
    expect(listeners(signal)).toEqual([0])
  })

  test.each([
    ['no time to wait', 0, new AbortController().signal],
    ['a signal that has aborted', NEVER_MS, AbortSignal.abort()],
  ])('does not begin with %s', async (_, ms, signal) => {
    await pause(ms, [signal])
    expect(listeners(signal)).toEqual([0])
  })
})
