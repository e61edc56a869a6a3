import type { Column } from '#components/data-table/column.ts'
import type { FieldRef } from '#lib/filter/query.ts'

/** A column whose cells can be filtered by. */
export interface ExplorerColumn<Row> extends Column<Row> {
  /** The field of the filter that `value` is a value of. */
  readonly field?: FieldRef
}

export const field = (name: string, key?: string): FieldRef => ({ name, key })
