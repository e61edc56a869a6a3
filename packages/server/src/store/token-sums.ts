/**
 * Tokens and costs of a row of `observations`, for questions and for what is counted before rows go: sums over the
 * keys that contain the word, `input`, `input_cached_tokens`, … (public-api contract §5.1). The engine computes
 * them from the maps when a row is written.
 */
import { type Sql, sql } from './sql.ts'

export const inputTokens: Sql = sql`usage_input`
export const outputTokens: Sql = sql`usage_output`
export const totalTokens: Sql = sql`usage_total`
export const inputCost: Sql = sql`cost_input`
export const outputCost: Sql = sql`cost_output`
