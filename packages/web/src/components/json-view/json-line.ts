/** A thread that is given a text piece by piece and asked of it, without React. */
import type { JsonAnswer, JsonAsk, JsonRequest, RowSpan } from './json-thread.ts'

/** Gives a text piece by piece; stops at the signal. It MUST be the same function until it gives another text. */
export type ReadText = (signal: AbortSignal) => AsyncIterable<string>

export interface JsonLine {
  /** What is not answered by the end of the line never is. */
  ask(ask: JsonAsk, span: RowSpan): Promise<JsonAnswer>
  /** Ends the thread and the reading; nothing more is told. */
  end(): void
}

interface LineOptions {
  /** The rows that are wanted once the text is read. */
  span(): RowSpan
  onPiece(chars: number): void
  onOpened(answer: JsonAnswer): void
  /** The thread or the reading failed: both have ended. */
  onFailure(error: Error): void
}

/** Reads a text into a thread of its own. */
export function openJsonLine(read: ReadText, { span, onPiece, onOpened, onFailure }: LineOptions): JsonLine {
  const stop = new AbortController()
  const fail = (error: unknown) => {
    if (stop.signal.aborted) return
    stop.abort()
    onFailure(error instanceof Error ? error : new Error(String(error)))
  }
  const { tell, ask } = openThread(stop.signal, fail)
  const fill = async () => {
    for await (const text of read(stop.signal)) {
      stop.signal.throwIfAborted()
      tell({ kind: 'piece', text })
      onPiece(text.length)
    }
    onOpened(await ask({ kind: 'open' }, span()))
  }
  fill().catch(fail)
  return { ask, end: () => stop.abort() }
}

interface Thread extends Pick<JsonLine, 'ask'> {
  tell(ask: JsonAsk): void
}

/** The thread, until the signal ends it or it fails. */
function openThread(signal: AbortSignal, onFailure: (error: Error) => void): Thread {
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
