import type { Reply } from '#http/route.ts'
import type { Verdict } from '#lib/rate-limit.ts'

/** The answer to a read beyond the limit, in any family the same (xtrace-native contract §2). */
export function limitReply(verdict: Verdict): Reply | undefined {
  if (verdict.allowed) return undefined
  return {
    status: 429,
    headers: { 'Retry-After': String(Math.max(1, Math.ceil(verdict.retryAfterSeconds))) },
    body: {
      message: 'Too Many Requests',
      code: 'TOO_MANY_REQUESTS',
      data: null,
      meta: { rate_limit: { remaining: 0, reset_at: verdict.resetAt.toISOString() } },
    },
  }
}
