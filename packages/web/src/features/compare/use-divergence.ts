import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { observationQuery } from '#api/observation.ts'
import { at } from '#lib/trace/column.ts'
import type { ComparedRow } from '#lib/trace/compare.ts'
import type { TraceTree } from '#lib/trace/tree.ts'
import { useProject } from '#project/use-project.ts'
import { sideOf } from './compared-side.ts'
import { type Divergence, findDivergence, type Output } from './find-divergence.ts'

const NO_OUTPUT: Output = { text: '', totalChars: 0 }
const LOOKING: Divergence = { kind: 'looking' }

/** Where the outputs of the rows differ first. */
export function useDivergence(trees: readonly [TraceTree, TraceTree], rows: readonly ComparedRow[]): Divergence {
  const { project } = useProject()
  const client = useQueryClient()
  const [state, setState] = useState<{ readonly of: unknown; readonly divergence: Divergence }>()
  useEffect(() => {
    let isOver = false
    const outputOf = async (tree: TraceTree, node: number): Promise<Output> => {
      const side = sideOf(tree, node)
      if (!side) return NO_OUTPUT
      return (await client.fetchQuery(observationQuery(project.id, side.id, side.version))).payloads.output
    }
    findDivergence({
      rows,
      order: byEnd(trees, rows),
      isOver: () => isOver,
      read: (a, b) => Promise.all([outputOf(trees[0], a), outputOf(trees[1], b)]),
    })
      .catch((error: unknown): Divergence => ({ kind: 'failed', message: messageOf(error) }))
      .then((divergence) => {
        if (!isOver) setState({ of: rows, divergence })
      })
      .catch(() => {})
    return () => {
      isOver = true
    }
  }, [client, project.id, trees, rows])
  return state?.of === rows ? state.divergence : LOOKING
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** Rows in the order in which their outputs came: what holds others ends after them, and only repeats where they part. */
function byEnd([a, b]: readonly [TraceTree, TraceTree], rows: readonly ComparedRow[]): readonly number[] {
  const endOf = ({ a: one, b: other }: ComparedRow) =>
    one === undefined ? at(b.end, other ?? 0) - b.fromMs : at(a.end, one) - a.fromMs
  const ends = rows.map(endOf)
  // Of those that end together the deeper one, which stands later.
  return rows.map((_, index) => index).sort((x, y) => at(ends, x) - at(ends, y) || y - x)
}
