/** Evaluation rules: which of the incoming observations are scored, and by which evaluators (public-api contract §20, §26.3). */
import type { EvaluatorDefinition, EvaluatorType } from './evaluator.ts'
import type { ProjectId } from './ids.ts'
import type { VariableMapping } from './variable-mapping.ts'

/** One condition of the filter language, as it was sent. */
export type RuleFilter = Readonly<Record<string, unknown>>

export interface RuleAssignment {
  readonly evaluator: {
    readonly id: string
    readonly name: string
    readonly type: EvaluatorType
    /** The latest. */
    readonly definition: EvaluatorDefinition
  }
  /** The rule's own; what the evaluator says holds when undefined. */
  readonly mapping: readonly VariableMapping[] | undefined
}

export interface EvaluationRule {
  readonly id: string
  readonly projectId: ProjectId
  readonly name: string
  readonly isEnabled: boolean
  /** The part of the matching observations that is scored, above 0 and up to 1. */
  readonly sampling: number
  /** All must hold. */
  readonly filter: readonly RuleFilter[]
  readonly assignments: readonly RuleAssignment[]
  /** Milliseconds since the epoch, as is the next. */
  readonly createdAt: number
  readonly updatedAt: number
}

/** The condition by which a rule is about the items of experiments. */
export const EXPERIMENT_FILTER: RuleFilter = {
  type: 'boolean',
  column: 'isExperimentItemRootSpan',
  operator: '=',
  value: true,
}

export const isExperimentFilter = (filter: RuleFilter): boolean =>
  filter['column'] === EXPERIMENT_FILTER['column'] && filter['operator'] === '=' && filter['value'] === true

/** The rules of a project that may be enabled at the same time. */
export const MAX_ENABLED_RULES = 500
