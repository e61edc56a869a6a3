/** Tokens of a row of `observations`, for questions and for what is counted before rows go (public-api contract §5.1). */
import { type Sql, sql } from './sql.ts'

/** Sums over the keys that contain the word: `input`, `input_cached_tokens`, … */
export const inputTokens: Sql = sql`arraySum(mapValues(mapFilter((k, v) -> position(k, 'input') > 0, usage)))`
export const outputTokens: Sql = sql`arraySum(mapValues(mapFilter((k, v) -> position(k, 'output') > 0, usage)))`
export const totalTokens: Sql = sql`usage['total']`
