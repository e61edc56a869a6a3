/**
 * Server-sent events (HTML standard, 9.2): one answer that goes on until the client leaves. Slow
 * clients hold up nobody: what is sent is made when they are ready to take it.
 */
import type { Reply } from './route.ts'

export interface StreamEvent {
  readonly event: string
  readonly data: unknown
  /** What the client sends as `Last-Event-ID` when it comes back. */
  readonly id?: string
}

/** A proxy or a sleeping laptop that cuts the line is noticed by this much silence. */
const HEARTBEAT_MS = 15_000

interface StreamSource {
  /** What the client sends when the line is cut before the first event. */
  readonly id: string
  next(wait: AbortSignal): Promise<readonly StreamEvent[]>
  close(): void
}

/**
 * Answers with the events that `next` gives, until the signal of the request aborts. `next` resolves
 * to the events that are due, none when `wait` passed without; it is never called twice at a time.
 */
export function eventStream(signal: AbortSignal, { id, next, close }: StreamSource): Reply {
  const text = new TextEncoder()
  const cancelled = new AbortController()
  const stopped = AbortSignal.any([signal, cancelled.signal])
  if (stopped.aborted) close()
  else stopped.addEventListener('abort', close, { once: true })
  const body = new ReadableStream<Uint8Array>({
    start: (stream) => stream.enqueue(text.encode(`retry: 2000\nid: ${id}\n\n`)),
    async pull(stream) {
      if (stopped.aborted) return stream.close()
      const events = await untilHeartbeat(stopped, next)
      if (stopped.aborted) return stream.close()
      stream.enqueue(text.encode(events.length === 0 ? ': still here\n\n' : events.map(printEvent).join('')))
    },
    cancel: () => cancelled.abort(),
  })
  return {
    headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' },
    body,
  }
}

/** Gives the work a signal that aborts with the other, or when its time is over; nothing is left with either. */
async function untilHeartbeat<T>(stopped: AbortSignal, work: (wait: AbortSignal) => Promise<T>): Promise<T> {
  const wait = new AbortController()
  const end = () => wait.abort()
  const timer = setTimeout(end, HEARTBEAT_MS)
  stopped.addEventListener('abort', end)
  try {
    return await work(wait.signal)
  } finally {
    clearTimeout(timer)
    stopped.removeEventListener('abort', end)
  }
}

function printEvent({ event, data, id }: StreamEvent): string {
  return `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`
}
