import { useRef } from 'react'
import type { z } from 'zod'
import type { RowList } from './explorer-rows.tsx'
import { mergeLive } from './live-rows.ts'
import type { ExplorerState } from './use-explorer.ts'
import { useLiveRows } from './use-live-rows.ts'

interface ExplorerRowsOptions<Row> {
  readonly list: RowList<Row>
  readonly tail: z.ZodType<{ readonly rows: readonly Row[] }>
  readonly hasSelection: boolean
}

/** The rows that were read with those that came since; `box` is the element around the table. */
export function useExplorerRows<Row extends { readonly id: string; readonly time: number }>(
  table: ExplorerState,
  { list, tail, hasSelection }: ExplorerRowsOptions<Row>,
) {
  const box = useRef<HTMLDivElement>(null)
  const isHeld = () => hasSelection || isBeingRead(box.current)
  const live = useLiveRows(table, { answer: tail, isHeld })
  const { rows, heldCount } = mergeLive(list.data?.pages.flatMap((page) => page.rows) ?? [], live.rows)
  const letIn = () => {
    live.letIn()
    gridIn(box.current)?.scrollTo({ top: 0 })
  }
  return { box, live, rows, heldCount, letIn }
}

const gridIn = (box: HTMLElement | null) => box?.querySelector('[role="grid"]') ?? undefined

/** Scrolled down, or under the pointer: what is read must not move. */
function isBeingRead(box: HTMLElement | null): boolean {
  const grid = gridIn(box)
  return grid !== undefined && (grid.scrollTop > 0 || grid.matches(':hover'))
}
