/**
 * The filter bar's language as data. Terms are ANDed. What cannot be read stays as it was typed, so
 * that nothing the user wrote is ever lost. Values are text as typed, units included; what they mean
 * depends on the field and is found out when a query is lowered.
 */
export type Query = readonly Term[]

export type Term =
  | { readonly kind: 'field'; readonly isNegated: boolean; readonly field: FieldRef; readonly test: Test }
  /** Full text. */
  | { readonly kind: 'text'; readonly isNegated: boolean; readonly text: string }
  | { readonly kind: 'broken'; readonly text: string; readonly reason: string }

export type FieldTerm = Extract<Term, { kind: 'field' }>

/** `level`, `metadata.tier`, `score."Tone of voice"`; the name as typed, which may be that of a public column. */
export interface FieldRef {
  readonly name: string
  readonly key: string | undefined
}

export type Comparison = '>' | '>=' | '<' | '<='

export type Test =
  /** `field:value` */
  | { readonly kind: 'is'; readonly value: string }
  /** `field:=value` */
  | { readonly kind: 'exact'; readonly value: string }
  /** `field:(a, b)` and `field:(a & b)` */
  | { readonly kind: 'any' | 'all'; readonly values: readonly string[] }
  /** `field:>value` */
  | { readonly kind: 'compare'; readonly operator: Comparison; readonly value: string }
  /** `field:a..b`, both ends included */
  | { readonly kind: 'range'; readonly from: string; readonly to: string }
  /** `field:*a*`, `field:a*`, `field:*a` */
  | { readonly kind: 'contains' | 'starts' | 'ends'; readonly value: string }
  /** `field:*` */
  | { readonly kind: 'set' }

/** A term and where it stands in the text. */
export interface Token {
  readonly term: Term
  readonly from: number
  readonly to: number
}

export const fieldTerm = (field: FieldRef | string, test: Test, isNegated = false): FieldTerm => ({
  kind: 'field',
  isNegated,
  field: typeof field === 'string' ? { name: field, key: undefined } : field,
  test,
})
