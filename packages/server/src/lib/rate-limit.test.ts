import { describe, expect, test } from 'vitest'
import { createRateLimiter, type RateLimiterOptions } from './rate-limit.ts'

const start = Date.UTC(2026, 0, 1)

/** A limiter, and a clock in milliseconds after `start` that the case moves. */
function limiterAt(options: Partial<RateLimiterOptions>) {
  const clock = { ms: 0 }
  const limiter = createRateLimiter({ qps: 2, burst: 3, now: () => start + clock.ms, ...options })
  const take = (credential = 'pk') => limiter.take(credential).allowed
  return { clock, limiter, take }
}

describe('rate limiter', () => {
  test('allows a burst, then the rate', () => {
    const { clock, take } = limiterAt({})
    expect([take(), take(), take(), take()]).toEqual([true, true, true, false])
    clock.ms = 499
    expect(take()).toBe(false)
    clock.ms = 500
    expect([take(), take()]).toEqual([true, false])
    clock.ms = 3_600_000
    expect([take(), take(), take(), take()]).toEqual([true, true, true, false])
  })

  test('says when the next request is allowed', () => {
    const { clock, limiter, take } = limiterAt({ burst: 1 })
    take()
    clock.ms = 100
    expect(limiter.take('pk')).toEqual({ allowed: false, retryAfterSeconds: 0.4, resetAt: new Date(start + 500) })
  })

  test.each([
    ['no limit', { qps: 0, burst: 1 }, 50],
    ['a burst below one lets one through', { qps: 1, burst: 0 }, 1],
  ])('%s', (_, options, expected) => {
    const { take } = limiterAt(options)
    expect(Array.from({ length: 50 }, () => take()).filter(Boolean)).toHaveLength(expected)
  })

  test('credentials do not share a bucket', () => {
    const { take } = limiterAt({ burst: 1 })
    expect([take('a'), take('b'), take('a')]).toEqual([true, true, false])
  })

  test('a clock that is set back takes nothing away', () => {
    const { clock, take } = limiterAt({ burst: 1 })
    clock.ms = -10_000
    expect(take()).toBe(true)
    clock.ms = -9_500
    expect(take()).toBe(true)
  })

  test('forgets the credential that was idle longest', () => {
    const { take } = limiterAt({ burst: 1, maxCredentials: 2 })
    expect([take('a'), take('b'), take('a'), take('c'), take('b'), take('c')]).toEqual([
      true,
      true,
      false,
      true,
      true,
      false,
    ])
  })

  test('counts, and names the most rejected without their middle', () => {
    const { limiter, take } = limiterAt({ burst: 1 })
    for (let n = 0; n < 4; n++) take('pk-lf-0123456789abcdef')
    for (let n = 0; n < 3; n++) take('token')
    take('quiet')
    expect(limiter.stats()).toEqual({
      qps: 2,
      burst: 1,
      totalAllowed: 3,
      totalRejected: 5,
      topRejected: [
        { credential: 'pk-lf-…cdef', count: 3 },
        { credential: 'toke…', count: 2 },
      ],
    })
  })
})
