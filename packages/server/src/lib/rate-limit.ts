import { LRUCache } from 'lru-cache'

export interface RateLimiterOptions {
  /** Requests a second that a credential may make for ever; 0 for no limit. */
  readonly qps: number
  /** Requests that a credential may make at once after a pause. */
  readonly burst: number
  /** Credentials that are remembered; beyond it, the one that was idle longest starts anew. */
  readonly maxCredentials?: number
  /** Milliseconds since the epoch. */
  readonly now?: () => number
}

export type Verdict =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly retryAfterSeconds: number; readonly resetAt: Date }

interface RateLimitStats {
  readonly qps: number
  readonly burst: number
  readonly totalAllowed: number
  readonly totalRejected: number
  /** Most rejected first, at most ten, of the credentials that are remembered; masked. */
  readonly topRejected: readonly { readonly credential: string; readonly count: number }[]
}

export interface RateLimiter {
  take(credential: string): Verdict
  stats(): RateLimitStats
}

interface Bucket {
  tokens: number
  filledAt: number
  rejected: number
}

const TOP = 10

/** A token bucket for each credential: `burst` deep, filled at `qps` tokens a second. */
export function createRateLimiter(options: RateLimiterOptions): RateLimiter {
  const { qps, burst, maxCredentials = 10_000, now = Date.now } = options
  const depth = Math.max(1, burst)
  const buckets = new LRUCache<string, Bucket>({ max: maxCredentials })
  let totalAllowed = 0
  let totalRejected = 0
  return {
    take(credential) {
      const at = now()
      const bucket = buckets.get(credential) ?? { tokens: depth, filledAt: at, rejected: 0 }
      buckets.set(credential, bucket)
      refill(bucket, { at, qps, depth })
      if (qps === 0 || bucket.tokens >= 1) {
        bucket.tokens -= 1
        totalAllowed++
        return { allowed: true }
      }
      bucket.rejected++
      totalRejected++
      const retryAfterSeconds = (1 - bucket.tokens) / qps
      return { allowed: false, retryAfterSeconds, resetAt: new Date(Math.ceil(at + retryAfterSeconds * 1000)) }
    },
    stats: () => ({ qps, burst, totalAllowed, totalRejected, topRejected: topRejected(buckets) }),
  }
}

/** A clock that is set back fills nothing, and takes nothing away. */
function refill(bucket: Bucket, { at, qps, depth }: { at: number; qps: number; depth: number }): void {
  const seconds = Math.max(0, at - bucket.filledAt) / 1000
  bucket.tokens = Math.min(depth, Math.max(0, bucket.tokens) + seconds * qps)
  bucket.filledAt = at
}

function topRejected(buckets: LRUCache<string, Bucket>): RateLimitStats['topRejected'] {
  return [...buckets.entries()]
    .filter(([, { rejected }]) => rejected > 0)
    .sort(([, a], [, b]) => b.rejected - a.rejected)
    .slice(0, TOP)
    .map(([credential, { rejected }]) => ({ credential: masked(credential), count: rejected }))
}

/** `pk-lf-…1a2b`; of a short one only the beginning. */
function masked(credential: string): string {
  return credential.length < 16 ? `${credential.slice(0, 4)}…` : `${credential.slice(0, 6)}…${credential.slice(-4)}`
}
