/**
 * SQL as data. The `sql` tag takes typed values and other fragments only, so that no text of a
 * caller can become SQL; an engine adapter prints the result with literals (chDB) or bound
 * parameters (a server).
 */
export type SqlType =
  | 'String'
  | 'Float64'
  | 'Int64'
  | 'UInt64'
  | 'UInt32'
  | 'Bool'
  | "DateTime64(9, 'UTC')"
  | 'Array(String)'
  | 'Array(Float64)'

/** A value with the ClickHouse type it is to have. */
export interface Bound {
  readonly type: SqlType
  readonly value: string | number | bigint | boolean | readonly string[] | readonly number[]
}

export type SqlPart = string | Bound

/** A statement or a piece of one: text written by us, interleaved with bound values. */
export class Sql {
  readonly parts: readonly SqlPart[]
  constructor(parts: readonly SqlPart[]) {
    this.parts = parts
  }
}

export const str = (value: string): Bound => ({ type: 'String', value })
export const strs = (value: readonly string[]): Bound => ({ type: 'Array(String)', value })
export const f64 = (value: number): Bound => ({ type: 'Float64', value })
export const f64s = (value: readonly number[]): Bound => ({ type: 'Array(Float64)', value })
export const i64 = (value: bigint | number): Bound => ({ type: 'Int64', value })
export const u64 = (value: bigint | number): Bound => ({ type: 'UInt64', value })
export const u32 = (value: number): Bound => ({ type: 'UInt32', value })
export const bool = (value: boolean): Bound => ({ type: 'Bool', value })
/** An instant in nanoseconds since the epoch. */
export const instant = (value: bigint): Bound => ({ type: "DateTime64(9, 'UTC')", value })

/** Builds a statement; a hole takes a bound value or another fragment, never bare text. */
export function sql(strings: TemplateStringsArray, ...holes: readonly (Bound | Sql)[]): Sql {
  const parts: SqlPart[] = []
  strings.forEach((text, index) => {
    parts.push(text)
    const hole = holes[index]
    if (hole instanceof Sql) parts.push(...hole.parts)
    else if (hole) parts.push(hole)
  })
  return new Sql(parts)
}

export const EMPTY: Sql = new Sql([])

/** Fragments with a separator of ours between them; `EMPTY` for none. */
export function join(fragments: readonly Sql[], separator: ', ' | ' AND ' | ' OR ' | ' ' | ' UNION ALL '): Sql {
  return new Sql(
    fragments.flatMap((fragment, index) => (index === 0 ? fragment.parts : [separator, ...fragment.parts])),
  )
}

/** All conditions in brackets, joined by AND; `1` for none. */
export function all(conditions: readonly Sql[]): Sql {
  return conditions.length === 0
    ? sql`1`
    : join(
        conditions.map((condition) => sql`(${condition})`),
        ' AND ',
      )
}

/** Any of the conditions in brackets, joined by OR; `0` for none. */
export function any(conditions: readonly Sql[]): Sql {
  return conditions.length === 0
    ? sql`0`
    : sql`(${join(
        conditions.map((condition) => sql`(${condition})`),
        ' OR ',
      )})`
}
