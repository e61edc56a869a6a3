import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { createRest } from './rest.ts'

/** Reads what a row opens, until the signal says that the viewer has gone on. */
export type ReadAhead<Row> = (row: Row, signal: AbortSignal) => Promise<void>

type At<Row> = (rows: readonly Row[]) => void

/** Reads ahead of the rows that the returned function is told of, once the viewer rests at them. */
function useRest<Row extends { readonly id: string }>(readAhead: ReadAhead<Row> | undefined): At<Row> {
  const latest = useRef(readAhead)
  useLayoutEffect(() => {
    latest.current = readAhead
  })
  const [rest] = useState(() => createRest<Row>(async (row, signal) => await latest.current?.(row, signal)))
  useEffect(() => rest.end, [rest])
  return rest.at
}

/** Reads what would be opened next: of the row that the focus rests on, and of the one that the returned function is told is pointed at. */
export function useReadAhead<Row extends { readonly id: string }>(
  focused: Row | undefined,
  readAhead: ReadAhead<Row> | undefined,
): (row: Row | undefined) => void {
  const focus = useRest(readAhead)
  const pointer = useRest(readAhead)
  useEffect(() => focus(focused ? [focused] : []), [focus, focused])
  return useCallback((row) => pointer(row ? [row] : []), [pointer])
}

/** Reads what is peeked at and what would be next. */
export function usePeekAhead<Row extends { readonly id: string }>(
  rows: readonly Row[],
  readAhead: ReadAhead<Row> | undefined,
): void {
  const peek = useRest(readAhead)
  useEffect(() => peek(rows))
}
