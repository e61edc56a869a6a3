/** What one term of a query comes to: conditions, or the reason why there are none. */
import type { FilterCondition } from '@xtrace/contract'
import type { Unit } from './fields.ts'
import type { Comparison } from './query.ts'

export interface Mark {
  /** Which term of the query. */
  readonly index: number
  /** `invalid`: to be mended. `unsupported`: nothing the server can answer. `elsewhere`: only the other table knows it. */
  readonly kind: 'invalid' | 'unsupported' | 'elsewhere'
  readonly reason: string
}

export type Verdict = { readonly filters: readonly FilterCondition[] } | Omit<Mark, 'index'>

export const invalid = (reason: string): Verdict => ({ kind: 'invalid', reason })
export const unsupported = (reason: string): Verdict => ({ kind: 'unsupported', reason })
export const conditions = (...filters: readonly FilterCondition[]): Verdict => ({ filters })

export type ScoreType = 'numeric' | 'categorical' | 'boolean'

/** The comparison that holds where the other does not. */
export const OPPOSITE: Readonly<Record<Comparison, Comparison>> = { '>': '<=', '>=': '<', '<': '>=', '<=': '>' }

/** How the filter says what `*` says. */
export const PARTS = { contains: 'contains', starts: 'starts with', ends: 'ends with' } as const

export const numberHint = (value: string, unit: Unit): string =>
  `“${value}” is no ${unit === 'seconds' ? 'duration: 200ms, 2s, 5m' : 'number: 0.5, 10k'}.`
