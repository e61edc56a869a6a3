import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { observationQuery } from '#api/trace.ts'
import { at } from '#lib/trace/column.ts'
import { type ComparedRow, firstDivergence } from '#lib/trace/compare.ts'
import type { TraceTree } from '#lib/trace/tree.ts'
import { useProject } from '#project/use-project.ts'

export interface Divergence {
  /** Index of the row; undefined while it is looked for, and when there is none. */
  readonly divergence: number | undefined
  readonly isLooking: boolean
}

/** Pairs whose outputs are read before it is given up. */
const MOST_PAIRS = 400

/** The first row whose outputs differ: outputs are read pair by pair until then. */
export function useDivergence(trees: readonly [TraceTree, TraceTree], rows: readonly ComparedRow[]): Divergence {
  const { project } = useProject()
  const client = useQueryClient()
  const [state, setState] = useState<Divergence & { readonly of: unknown }>()
  useEffect(() => {
    let isOver = false
    const outputOf = async (tree: TraceTree, node: number): Promise<string> => {
      const { payloads } = await client.ensureQueryData(observationQuery(project.id, tree.skeleton.ids[node] ?? ''))
      return payloads.output.text
    }
    const order = byEnd(trees, rows)
    const ordered = order.flatMap((index) => rows[index] ?? [])
    const look = async () => {
      const known = new Map<number, boolean>()
      for (let read = 0; read <= MOST_PAIRS && !isOver; read++) {
        const found = firstDivergence(ordered, (a) => known.get(a))
        const row = ordered[found?.row ?? -1]
        if (!found || found.isKnown || row?.a === undefined || row.b === undefined) return found && order[found.row]
        const [one, other] = await Promise.all([outputOf(trees[0], row.a), outputOf(trees[1], row.b)])
        known.set(row.a, one === other)
      }
      return undefined
    }
    look()
      .catch(() => undefined)
      .then((divergence) => {
        if (!isOver) setState({ of: rows, divergence, isLooking: false })
      })
      .catch(() => {})
    return () => {
      isOver = true
    }
  }, [client, project.id, trees, rows])
  return state?.of === rows ? state : { divergence: undefined, isLooking: true }
}

/** Rows in the order in which their outputs came: what holds others ends after them, and only repeats where they part. */
function byEnd([a, b]: readonly [TraceTree, TraceTree], rows: readonly ComparedRow[]): readonly number[] {
  const endOf = ({ a: one, b: other }: ComparedRow) =>
    one === undefined ? at(b.end, other ?? 0) - b.fromMs : at(a.end, one) - a.fromMs
  const ends = rows.map(endOf)
  // Of those that end together the deeper one, which stands later.
  return rows.map((_, index) => index).sort((x, y) => at(ends, x) - at(ends, y) || y - x)
}
