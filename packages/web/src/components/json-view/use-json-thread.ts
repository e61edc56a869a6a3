import { useCallback, useEffect, useRef, useState } from 'react'
import type { JsonMatches } from './json-document.ts'
import type { JsonPath } from './json-rows.ts'
import type { ShownRow } from './json-shown.ts'
import type { JsonAnswer, JsonAsk, JsonRequest, RowSpan } from './json-thread.ts'

/** Gives a text piece by piece; stops at the signal. It MUST be the same function until it gives another text. */
export type ReadText = (signal: AbortSignal) => AsyncIterable<string>

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
  const line = useRef<Line>(undefined)
  useEffect(() => {
    const stop = new AbortController()
    const fail = (error: unknown) => {
      if (!stop.signal.aborted) setState(error instanceof Error ? error : new Error(String(error)))
    }
    const opened = openLine(stop.signal, fail)
    line.current = opened
    const fill = async () => {
      for await (const text of read(stop.signal)) {
        opened.tell({ kind: 'piece', text })
        setReadChars((earlier) => earlier + text.length)
      }
      const answer = await opened.ask({ kind: 'open' }, span.current)
      setShown(answer)
      setState(answer.isJson ? 'ready' : 'not-json')
    }
    fill().catch(fail)
    return () => stop.abort()
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

interface Line {
  tell(ask: JsonAsk): void
  ask(ask: JsonAsk, span: RowSpan): Promise<JsonAnswer>
}

/** The thread, until the signal ends it or it fails; what was asked and not answered by then never is. */
function openLine(signal: AbortSignal, onFailure: (error: Error) => void): Line {
  const worker = new Worker(new URL('./json.worker.ts', import.meta.url), { type: 'module' })
  const waiting = new Map<number, (answer: JsonAnswer) => void>()
  let last = 0
  const send = (ask: JsonAsk, span: RowSpan) => {
    last += 1
    worker.postMessage({ id: last, ask, span } satisfies JsonRequest)
    return last
  }
  signal.addEventListener('abort', () => worker.terminate())
  worker.addEventListener('message', ({ data }: MessageEvent<JsonAnswer>) => {
    waiting.get(data.id)?.(data)
    waiting.delete(data.id)
  })
  worker.addEventListener('error', ({ message }) => onFailure(new Error(message || 'The value could not be read.')))
  return {
    tell: (ask) => void send(ask, { from: 0, to: 0 }),
    ask: (ask, span) => new Promise((resolve) => waiting.set(send(ask, span), resolve)),
  }
}
