import type { ProjectId } from '#domain/ids.ts'

/** A price entry: which model names it covers and what a unit of each usage type costs. */
export interface Model {
  readonly id: string
  /** Undefined for the built-in table. */
  readonly projectId: ProjectId | undefined
  readonly modelName: string
  /** Regular expression in PostgreSQL's spelling; `(?i)` in front makes it ignore case. */
  readonly matchPattern: string
  /** Milliseconds since the epoch. */
  readonly startDate: number | undefined
  readonly unit: string | undefined
  readonly tokenizerId: string | undefined
  readonly tokenizerConfig: TokenizerConfig | undefined
  /** Exactly one is the default; the others by ascending priority. */
  readonly tiers: readonly PricingTier[]
  readonly createdAt: number
  readonly updatedAt: number
}

export interface TokenizerConfig {
  readonly tokenizerModel?: string
  readonly tokensPerMessage?: number
  readonly tokensPerName?: number
}

export interface PricingTier {
  readonly id: string
  readonly name: string
  readonly isDefault: boolean
  readonly priority: number
  readonly conditions: readonly PricingCondition[]
  /** Usage type → US dollars a unit. */
  readonly prices: Readonly<Record<string, number>>
}

/** langfuse-ingestion contract §4.3. */
export type PricingCondition =
  | {
      readonly usageDetailPattern: string
      readonly operator: 'gt' | 'gte' | 'lt' | 'lte' | 'eq' | 'neq'
      readonly value: number
      readonly caseSensitive?: boolean
    }
  | {
      readonly source: 'model_parameters' | 'metadata'
      readonly key: string
      readonly operator: 'in'
      readonly values: readonly string[]
    }

/** Finds the price entry for a model name as clients spell it: the project's own first, then the built-in table. */
export interface ModelFinder {
  find(projectId: ProjectId, name: string): Promise<Model | undefined>
  byId(projectId: ProjectId, id: string): Promise<Model | undefined>
}

/** Counts the tokens of a stored payload for a model that says how; undefined when it can't be known. */
export interface TokenCounter {
  count(model: Model, payload: string | undefined): number | undefined
}
