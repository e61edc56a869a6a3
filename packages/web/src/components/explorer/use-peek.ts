import { useEffect, useState } from 'react'
import { NO_TRACE, OTHER_TRACE } from '#search/trace-view-search.ts'
import { createClicks } from './clicks.ts'
import type { ExplorerState } from './use-explorer.ts'

/** For how long the focus must rest on a row before the peek follows it. */
const REST_MS = 120

interface PeekOptions<Row> {
  readonly rows: readonly Row[]
  /** Id of the focused row. */
  readonly focused: string | undefined
  onFocus(id: string): void
}

/** Which row is peeked at: kept in the URL, and following the focus once it rests. */
export function usePeek<Row extends { readonly id: string }>(
  { search, setState }: ExplorerState,
  { rows, focused, onFocus }: PeekOptions<Row>,
) {
  const { peek } = search
  const [clicks] = useState(createClicks)
  useEffect(() => clicks.drop, [clicks])
  const wanted = peek !== undefined && focused !== undefined && focused !== peek ? focused : undefined
  useEffect(() => {
    if (wanted === undefined) return undefined
    const timer = setTimeout(() => void setState({ ...OTHER_TRACE, peek: wanted }, true), REST_MS)
    return () => clearTimeout(timer)
  }, [wanted, setState])
  const close = () => setState({ ...NO_TRACE, peek: undefined })
  const index = rows.findIndex(({ id }) => id === peek)
  const stepTo = (row: Row | undefined) => {
    if (!row) return undefined
    return () => {
      onFocus(row.id)
      void setState({ ...OTHER_TRACE, peek: row.id }, true)
    }
  }
  return {
    id: peek,
    row: rows[index],
    /** The row and those before and after it; none while nothing is peeked at. */
    around: index < 0 ? [] : [rows[index], rows[index + 1], rows[index - 1]].flatMap((row) => row ?? []),
    onUp: index > 0 ? stepTo(rows[index - 1]) : undefined,
    onDown: index >= 0 ? stepTo(rows[index + 1]) : undefined,
    /** Space and clicks: the same row again closes it. The first peek would come under the second of two clicks. */
    toggle: (id: string, { isByMouse }: { readonly isByMouse: boolean }) => {
      if (isByMouse && peek === undefined) clicks.single(() => void setState({ peek: id }))
      else if (id === peek) void close()
      else void setState({ ...OTHER_TRACE, peek: id })
    },
    /** Whatever was clicked is opened instead. */
    drop: clicks.drop,
    close,
  }
}
