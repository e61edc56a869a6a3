/** SQL for what is computed from a row of `observations`: tokens, costs, times (public-api contract §5.1). */
import { type Sql, sql } from '#store/sql.ts'

/** Sums over the keys that contain the word: `input`, `input_cached_tokens`, … */
export const inputTokens: Sql = sql`arraySum(mapValues(mapFilter((k, v) -> position(k, 'input') > 0, usage)))`
export const outputTokens: Sql = sql`arraySum(mapValues(mapFilter((k, v) -> position(k, 'output') > 0, usage)))`
export const totalTokens: Sql = sql`usage['total']`
export const inputCost: Sql = sql`arraySum(mapValues(mapFilter((k, v) -> position(k, 'input') > 0, cost)))`
export const outputCost: Sql = sql`arraySum(mapValues(mapFilter((k, v) -> position(k, 'output') > 0, cost)))`

/** Seconds; null while the observation is open. */
export const latency: Sql = sql`((toUnixTimestamp64Nano(end_time) - toUnixTimestamp64Nano(start_time)) / 1e9)`
/** Seconds; null when it is not known. */
export const timeToFirstToken: Sql = sql`((toUnixTimestamp64Nano(completion_start_time) - toUnixTimestamp64Nano(start_time)) / 1e9)`

/** No parent, or flagged by the SDK as the application's root. */
export const isRoot: Sql = sql`(parent_observation_id = '' OR is_app_root)`

/** Over the observations of one trace, seconds: last end (start, when open) less first start. */
export const traceLatency: Sql = sql`((toUnixTimestamp64Nano(max(ifNull(end_time, start_time))) - toUnixTimestamp64Nano(min(start_time))) / 1e9)`
