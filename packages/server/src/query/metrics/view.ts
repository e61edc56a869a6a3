/**
 * A view is data: the rows that it counts, what they can be grouped by and what of them can be
 * measured (public-api contract §12.2). Expressions are SQL of ours over the view's table and over
 * the columns, named apart, of what is joined to it.
 */
import type { ProjectId } from '#domain/ids.ts'
import type { View } from '#query/filter-sql.ts'
import type { Sql } from '#store/sql.ts'

/**
 * A JOIN to another table. `rows` is what follows FROM for the view's rows before any join, so
 * that the other side is read for these alone. The columns it adds carry a prefix of its own.
 */
export type Relation = (scope: { readonly projectId: ProjectId; readonly rows: Sql }) => Sql

/** What must stand beside the view's table for an expression to hold. */
interface Needs {
  readonly relation?: Relation
  /** What follows ARRAY JOIN: makes one row of each element. A row without elements vanishes. */
  readonly expansion?: Sql
}

export interface Dimension extends Needs {
  readonly name: string
  readonly kind: 'text' | 'texts' | 'number' | 'boolean'
  readonly sql: Sql
}

export interface Measure extends Needs {
  readonly name: string
  /** Of texts only the number of rows and of different values can be told. `distinct`: of both the latter. */
  readonly kind: 'number' | 'text' | 'distinct'
  /** The value of one row; NULL or '' where it has none. */
  readonly sql: Sql
}

export interface MetricTable {
  readonly table: Sql
  readonly time: Sql
  /** Which rows of the table belong to the view. */
  readonly condition: Sql
  /** The columns that it can be filtered by. */
  readonly filters: View
  readonly dimensions: ReadonlyMap<string, Dimension>
  readonly measures: ReadonlyMap<string, Measure>
}

export const text = (name: string, sql: Sql, needs: Needs = {}): Dimension => ({ name, kind: 'text', sql, ...needs })
export const texts = (name: string, sql: Sql, needs: Needs = {}): Dimension => ({ name, kind: 'texts', sql, ...needs })
export const flag = (name: string, sql: Sql): Dimension => ({ name, kind: 'boolean', sql })
export const digits = (name: string, sql: Sql, needs: Needs = {}): Dimension => ({
  name,
  kind: 'number',
  sql,
  ...needs,
})

export const measure = (name: string, sql: Sql, needs: Needs = {}): Measure => ({ name, kind: 'number', sql, ...needs })

export function byName<T extends { readonly name: string }>(entries: readonly T[]): ReadonlyMap<string, T> {
  return new Map(entries.map((entry) => [entry.name, entry]))
}
