/** SQL for what is computed from a row of `observations`: tokens, costs, times (public-api contract §5.1). */
import { type Sql, sql } from '#store/sql.ts'
import * as tokens from '#store/token-sums.ts'

export const inputTokens: Sql = tokens.inputTokens
export const outputTokens: Sql = tokens.outputTokens
export const totalTokens: Sql = tokens.totalTokens
export const inputCost: Sql = tokens.inputCost
export const outputCost: Sql = tokens.outputCost

const lasting = (from: Sql, to: Sql): Sql => sql`(toUnixTimestamp64Nano(${to}) - toUnixTimestamp64Nano(${from}))`

const whole = lasting(sql`start_time`, sql`end_time`)
const beforeFirstToken = lasting(sql`start_time`, sql`completion_start_time`)
const fromFirstToken = lasting(sql`completion_start_time`, sql`end_time`)

/** Seconds; null while the observation is open. */
export const latency: Sql = sql`(${whole} / 1e9)`
export const latencyMs: Sql = sql`(${whole} / 1e6)`
/** Seconds; null when it is not known. */
export const timeToFirstToken: Sql = sql`(${beforeFirstToken} / 1e9)`
export const timeToFirstTokenMs: Sql = sql`(${beforeFirstToken} / 1e6)`
/** From the first token to the end; null when either is not known. */
export const streamingLatency: Sql = sql`(${fromFirstToken} / 1e9)`
export const streamingLatencyMs: Sql = sql`(${fromFirstToken} / 1e6)`

/** No parent, or flagged by the SDK as the application's root. */
export const isRoot: Sql = sql`(parent_observation_id = '' OR is_app_root)`

const traceLasting = lasting(sql`min(start_time)`, sql`max(ifNull(end_time, start_time))`)
/** Over the observations of one trace, seconds: last end (start, when open) less first start. */
export const traceLatency: Sql = sql`(${traceLasting} / 1e9)`
export const traceLatencyMs: Sql = sql`(${traceLasting} / 1e6)`
