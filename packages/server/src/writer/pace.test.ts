import { describe, expect, test } from 'vitest'
import { createBreathe } from './breathe.ts'
import { createPace } from './pace.ts'

describe('pace', () => {
  test.each([
    ['the first flush', undefined, { delay: 0, patience: 0 }],
    ['after a small flush', { batches: 2, bytes: 5_000 }, { delay: 0, patience: 0 }],
    ['after one of many requests', { batches: 20, bytes: 5_000 }, { delay: 70, patience: 370 }],
    ['after a large one', { batches: 1, bytes: 1_000_000 }, { delay: 70, patience: 370 }],
  ])('%s', (_, last, expected) => {
    const pace = createPace()
    if (last) pace.flushed({ ...last, startedAt: 1_000 })
    expect({ delay: pace.delay(1_030), patience: pace.patience(1_030) }).toEqual(expected)
  })

  test('a flush that took long enough itself is followed at once', () => {
    const pace = createPace()
    pace.flushed({ startedAt: 1_000, batches: 20, bytes: 0 })
    expect({ delay: pace.delay(1_450), patience: pace.patience(1_450) }).toEqual({ delay: 0, patience: 0 })
  })
})

describe('breathe', () => {
  test('pauses once its share of time is used up, and then starts anew', async () => {
    let now = 0
    const breathe = createBreathe(() => now)
    expect(breathe()).toBeUndefined()
    now = 9
    await expect(breathe()).resolves.toBeUndefined()
    expect(breathe()).toBeUndefined()
  })
})
