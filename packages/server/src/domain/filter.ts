/**
 * The filter language, parsed: conditions on named columns, all of which must hold (public-api
 * contract §1.7). Which columns there are and what they mean is decided by the view that is asked.
 */
import type { Nanos } from '#domain/time.ts'

export type NumberOperator = '=' | '>' | '<' | '>=' | '<='
export type TextOperator = '=' | 'contains' | 'does not contain' | 'starts with' | 'ends with' | 'matches'

export type Filter =
  | DatetimeFilter
  | TextFilter
  | OptionsFilter
  | ArrayFilter
  | CategoryFilter
  | NumberFilter
  | TextObjectFilter
  | NumberObjectFilter
  | BooleanObjectFilter
  | BooleanFilter
  | NullFilter
  | PositionFilter

export interface DatetimeFilter {
  readonly type: 'datetime'
  readonly column: string
  readonly operator: '>' | '<' | '>=' | '<='
  readonly value: Nanos
}

export interface TextFilter {
  readonly type: 'string'
  readonly column: string
  /** `does not match` is of full text alone. */
  readonly operator: TextOperator | 'does not match'
  readonly value: string
}

export interface OptionsFilter {
  readonly type: 'stringOptions'
  readonly column: string
  readonly operator: 'any of' | 'none of'
  readonly value: readonly string[]
}

export interface ArrayFilter {
  readonly type: 'arrayOptions'
  readonly column: string
  readonly operator: 'any of' | 'none of' | 'all of'
  readonly value: readonly string[]
}

export interface CategoryFilter {
  readonly type: 'categoryOptions'
  readonly column: string
  readonly key: string
  readonly operator: 'any of' | 'none of'
  readonly value: readonly string[]
}

export interface NumberFilter {
  readonly type: 'number'
  readonly column: string
  readonly operator: NumberOperator
  readonly value: number
}

/** `is set` and `is not set` look at the key alone; the value is ''. */
export interface TextObjectFilter {
  readonly type: 'stringObject'
  readonly column: string
  readonly key: string
  readonly operator: TextOperator | 'is set' | 'is not set'
  readonly value: string
}

export interface NumberObjectFilter {
  readonly type: 'numberObject'
  readonly column: string
  readonly key: string
  readonly operator: NumberOperator
  readonly value: number
}

export interface BooleanObjectFilter {
  readonly type: 'booleanObject'
  readonly column: string
  readonly key: string
  readonly operator: '=' | '<>'
  readonly value: boolean
}

export interface BooleanFilter {
  readonly type: 'boolean'
  readonly column: string
  readonly operator: '=' | '<>'
  readonly value: boolean
}

export interface NullFilter {
  readonly type: 'null'
  readonly column: string
  readonly operator: 'is null' | 'is not null'
}

/** Taken for compatibility; says nothing. */
export interface PositionFilter {
  readonly type: 'positionInTrace'
  readonly column: string
}
