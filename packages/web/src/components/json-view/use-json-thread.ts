import { useCallback, useEffect, useRef, useState } from 'react'
import type { JsonMatches } from './json-document.ts'
import { type JsonLine, openJsonLine, type ReadText } from './json-line.ts'
import type { JsonPath } from './json-rows.ts'
import type { ShownRow } from './json-shown.ts'
import type { JsonAnswer, JsonAsk, RowSpan } from './json-thread.ts'

export interface JsonThread {
  readonly state: 'reading' | 'ready' | 'not-json' | Error
  /** Characters read so far. */
  readonly readChars: number
  readonly count: number
  rowAt(index: number): ShownRow | undefined
  /** Tells which rows are in sight. */
  onSight(from: number, to: number): void
  toggle(row: ShownRow): void
  open(depth: number): void
  search(text: string, at: number): Promise<{ readonly matches: JsonMatches; readonly found: number | undefined }>
  textOf(path: JsonPath): Promise<string>
}

/** Rows above and below those in sight that come with them. */
const AROUND = 100
const NOTHING: Rows = { count: 0, from: 0, rows: [] }

type Rows = Pick<JsonAnswer, 'count' | 'from' | 'rows'>

/** A JSON value that a thread of its own reads and holds, until the view goes. */
export function useJsonThread(read: ReadText): JsonThread {
  const [state, setState] = useState<JsonThread['state']>('reading')
  const [readChars, setReadChars] = useState(0)
  const [shown, setShown] = useState<Rows>(NOTHING)
  const span = useRef<RowSpan>({ from: 0, to: AROUND })
  const line = useRef<JsonLine>(undefined)
  useEffect(() => {
    const opened = openJsonLine(read, {
      span: () => span.current,
      onPiece: (chars) => setReadChars((earlier) => earlier + chars),
      onOpened: (answer) => {
        setShown(answer)
        setState(answer.isJson ? 'ready' : 'not-json')
      },
      onFailure: setState,
    })
    line.current = opened
    return opened.end
  }, [read])
  const ask = useCallback(async (wanted: JsonAsk): Promise<JsonAnswer | undefined> => {
    const answer = await line.current?.ask(wanted, span.current)
    if (answer) setShown(answer)
    return answer
  }, [])
  const { from, rows, count } = shown
  return {
    state,
    readChars,
    count,
    rowAt: useCallback((index) => rows[index - from], [rows, from]),
    onSight: useCallback(
      (first, end) => {
        const isThere = first >= from && end <= from + rows.length
        span.current = { from: Math.max(0, first - AROUND), to: end + AROUND }
        if (!isThere && end > first) void ask({ kind: 'rows' })
      },
      [ask, from, rows],
    ),
    toggle: ({ id, isOpen }) => void ask({ kind: 'toggle', row: { id, isOpen } }),
    open: (depth) => void ask({ kind: 'depth', depth }),
    search: async (text, at) => {
      const answer = await ask({ kind: 'search', text, at })
      return { matches: answer?.matches ?? { count: 0, isCut: false }, found: answer?.found }
    },
    textOf: async (path) => (await ask({ kind: 'copy', path }))?.text ?? '',
  }
}
