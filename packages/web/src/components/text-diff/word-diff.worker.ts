/** Finds the words that differ, away from the page's own thread. */
import { diffWords } from '#lib/chat/word-diff.ts'
import type { DiffRequest } from './diff-thread.ts'

addEventListener('message', ({ data }: MessageEvent<DiffRequest>) => postMessage(diffWords(data.before, data.after)))
