import { replaced, type TextPiece } from '#lib/chat/word-diff.ts'

export interface DiffRequest {
  readonly before: string
  readonly after: string
}

/** A worker that answers one request after the other. */
interface DiffWorker {
  post(request: DiffRequest): void
  terminate(): void
}

/** Opens one, which MUST call back once a request: with undefined where it failed. */
type OpenDiffWorker = (onAnswer: (pieces: readonly TextPiece[] | undefined) => void) => DiffWorker

/** Compares two texts and calls back, unless the function that it gives is called first. */
type CompareLater = (request: DiffRequest, onPieces: (pieces: readonly TextPiece[]) => void) => () => void

interface Comparison {
  readonly request: DiffRequest
  onPieces(pieces: readonly TextPiece[]): void
}

/** Compares in one worker, one after the other; it is there while there is something to compare. */
export function createDiffThread(open: OpenDiffWorker): CompareLater {
  /** The first is at work. */
  const queue: Comparison[] = []
  let worker: DiffWorker | undefined
  const close = () => {
    worker?.terminate()
    worker = undefined
  }
  const begin = () => {
    const [first] = queue
    if (!first) return close()
    worker ??= open(end)
    worker.post(first.request)
  }
  const end = (pieces: readonly TextPiece[] | undefined) => {
    // One that has failed may not have begun at all.
    if (!pieces) close()
    const done = queue.shift()
    begin()
    if (done) done.onPieces(pieces ?? replaced(done.request.before, done.request.after))
  }
  return (request, onPieces) => {
    const comparison: Comparison = { request, onPieces }
    queue.push(comparison)
    if (queue.length === 1) begin()
    return () => {
      const place = queue.indexOf(comparison)
      if (place < 0) return
      queue.splice(place, 1)
      if (place > 0) return
      // Nothing else stops what is at work.
      close()
      begin()
    }
  }
}
