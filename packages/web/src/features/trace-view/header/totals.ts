import type { TraceModel } from '#features/trace-view/model/trace-model.ts'
import { at } from '#lib/trace/column.ts'

export interface Totals {
  readonly durationMs: number
  /** Undefined when nothing is known. */
  readonly cost: number | undefined
  readonly inputTokens: number | undefined
  readonly outputTokens: number | undefined
  readonly errors: number
  readonly warnings: number
}

/** What the trace adds up to over its roots. */
export function totalsOf({ tree, sums }: TraceModel): Totals {
  const known = (column: Float64Array) => {
    const values = tree.roots.map((root) => at(column, root)).filter((value) => !Number.isNaN(value))
    return values.length > 0 ? values.reduce((sum, value) => sum + value, 0) : undefined
  }
  const count = (column: Int32Array) => tree.roots.reduce((sum, root) => sum + at(column, root), 0)
  return {
    durationMs: tree.toMs - tree.fromMs,
    cost: known(sums.cost),
    inputTokens: known(sums.inputTokens),
    outputTokens: known(sums.outputTokens),
    errors: count(sums.errors),
    warnings: count(sums.warnings),
  }
}
