import type { Reply } from '#http/route.ts'

export type ReadVerdict =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly retryAfterSeconds: number; readonly resetAt: Date }

/** A token bucket per credential, for read routes only (xtrace-native contract §1). */
export interface ReadLimiter {
  take(credential: string): ReadVerdict
}

/** The answer to a read beyond the limit, in any family the same (xtrace-native contract §2). */
export function limitReply(verdict: ReadVerdict): Reply | undefined {
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
