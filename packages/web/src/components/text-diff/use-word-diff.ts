import { useEffect, useMemo, useState } from 'react'
import { diffWords, type TextPiece } from '#lib/chat/word-diff.ts'
import { createDiffThread, type DiffRequest } from './diff-thread.ts'

/** Characters of both texts that are compared at once: the longest that take less than a frame or two when all differ. */
const MOST_AT_ONCE = 2000

/** One for the page: a prompt of which a hundred messages changed is not worth a hundred threads. */
const compareLater = createDiffThread((onAnswer) => {
  const worker = new Worker(new URL('./word-diff.worker.ts', import.meta.url), { type: 'module' })
  worker.addEventListener('message', ({ data }: MessageEvent<readonly TextPiece[]>) => onAnswer(data))
  worker.addEventListener('error', () => onAnswer(undefined))
  return { post: (request) => worker.postMessage(request), terminate: () => worker.terminate() }
})

/** The words that differ; those of long texts are found by a worker, and are undefined until then. */
export function useWordDiff(before: string, after: string): readonly TextPiece[] | undefined {
  const isShort = before.length + after.length <= MOST_AT_ONCE
  const atOnce = useMemo(() => (isShort ? diffWords(before, after) : undefined), [before, after, isShort])
  const [later, setLater] = useState<DiffRequest & { readonly pieces: readonly TextPiece[] }>()
  useEffect(() => {
    if (isShort) return undefined
    return compareLater({ before, after }, (pieces) => setLater({ before, after, pieces }))
  }, [before, after, isShort])
  return atOnce ?? (later?.before === before && later.after === after ? later.pieces : undefined)
}
