import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { createRest, type Rest } from './rest.ts'

/** Reads what a row opens, until the signal says that the viewer has gone on. */
export type ReadAhead<Row> = (row: Row, signal: AbortSignal) => void

/** Reads what would be opened next: of the row that the focus rests on, and of the one that the returned function is told is pointed at. */
export function useReadAhead<Row extends { readonly id: string }>(
  focused: Row | undefined,
  readAhead: ReadAhead<Row> | undefined,
): Rest<Row>['at'] {
  const latest = useRef(readAhead)
  useLayoutEffect(() => {
    latest.current = readAhead
  })
  const [{ focus, pointer }] = useState(() => {
    const rest = () => createRest<Row>((row, signal) => latest.current?.(row, signal))
    return { focus: rest(), pointer: rest() }
  })
  useEffect(() => focus.at(focused), [focus, focused])
  useEffect(
    () => () => {
      focus.end()
      pointer.end()
    },
    [focus, pointer],
  )
  return pointer.at
}
