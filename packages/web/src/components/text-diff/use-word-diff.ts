import { useEffect, useMemo, useState } from 'react'
import { diffWords, replaced, type TextPiece } from '#lib/chat/word-diff.ts'

export interface DiffRequest {
  readonly before: string
  readonly after: string
}

/** Characters of both texts that are compared at once: the longest that take less than a frame or two when all differ. */
const MOST_AT_ONCE = 2000

/** The words that differ; those of long texts are found by a worker, and are undefined until then. */
export function useWordDiff(before: string, after: string): readonly TextPiece[] | undefined {
  const isShort = before.length + after.length <= MOST_AT_ONCE
  const atOnce = useMemo(() => (isShort ? diffWords(before, after) : undefined), [before, after, isShort])
  const [later, setLater] = useState<DiffRequest & { readonly pieces: readonly TextPiece[] }>()
  useEffect(() => {
    if (isShort) return undefined
    const worker = new Worker(new URL('./word-diff.worker.ts', import.meta.url), { type: 'module' })
    const end = (pieces: readonly TextPiece[]) => {
      worker.terminate()
      setLater({ before, after, pieces })
    }
    worker.addEventListener('message', ({ data }: MessageEvent<readonly TextPiece[]>) => end(data))
    worker.addEventListener('error', () => end(replaced(before, after)))
    worker.postMessage({ before, after } satisfies DiffRequest)
    return () => worker.terminate()
  }, [before, after, isShort])
  return atOnce ?? (later?.before === before && later.after === after ? later.pieces : undefined)
}
