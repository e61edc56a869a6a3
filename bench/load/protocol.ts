/** What the bench and its load generator, two processes, say to each other. */
import type { BodyOptions } from './bodies.ts'

export interface LoadSpec extends Omit<BodyOptions, 'now'> {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  /** Requests under way at once. */
  readonly clients: number
  /** Requests a second at fixed instants, whatever the answers take; as fast as they come when absent. */
  readonly rate?: number
  /** Number of the first request; ids follow from it. */
  readonly firstNumber: number
  /** Every second request updates what the so manyth one before it had created; none does when absent. */
  readonly updatesAfter?: number
  /** Bodies older than this are built again, lest a long load tell of one instant only; never when absent. */
  readonly renewAfterMs?: number
}

export type ToLoad = { readonly kind: 'go'; readonly seconds: number } | { readonly kind: 'stop' }
export type FromLoad = { readonly kind: 'ready' } | { readonly kind: 'done'; readonly result: LoadResult }

export interface LoadResult {
  /** From the first request to the last answer. */
  readonly seconds: number
  /** Acknowledged. */
  readonly requests: number
  /** Observations or points acknowledged; those that update others don't count. */
  readonly units: number
  /** Of acknowledged bodies, as sent. */
  readonly bytes: number
  /** Answered 429 or 503 and sent again. */
  readonly shed: number
  /** Ended otherwise; not sent again. */
  readonly failed: number
  readonly firstFailure: string | undefined
  /** Milliseconds from the instant a request was due to its answer. */
  readonly latency: { readonly p50: number; readonly p99: number; readonly max: number }
}
