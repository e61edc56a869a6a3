import type { ExploredView } from '@xtrace/contract'
import type { z } from 'zod'
import { projectPath, withQuery } from './paths.ts'
import { createStreamBreaks } from './stream-breaks.ts'

/** Why a list is to be asked for anew: nothing came for a while, too much came, or what came is of another version. */
export type StreamReset =
  | { readonly why: 'break'; readonly missedMs: number }
  | { readonly why: 'flood' }
  | { readonly why: 'unreadable' }

interface TailOptions<Row> {
  readonly filter: string | undefined
  readonly env: readonly string[]
  readonly columns?: readonly string[] | undefined
  readonly answer: z.ZodType<{ readonly rows: readonly Row[] }>
  /** What came or changed, oldest first. */
  onRows(rows: readonly Row[]): void
  /** Something was missed. */
  onReset(reset: StreamReset): void
  /** The server has closed the stream for good. */
  onEnd(): void
}

/** Calls back with rows as the server stores them, until the returned function is called. */
export function watchRows<Row>(project: string, view: ExploredView, options: TailOptions<Row>): () => void {
  const { filter, env, columns, answer, onRows, onReset, onEnd } = options
  const source = new EventSource(withQuery(projectPath(project, 'explore', view, 'tail'), { filter, env, columns }))
  const breaks = createStreamBreaks()
  source.addEventListener('open', breaks.open)
  source.addEventListener('rows', ({ data }) => {
    const parsed = answer.safeParse(JSON.parse(data))
    if (parsed.success) onRows(parsed.data.rows)
    else onReset({ why: 'unreadable' })
  })
  source.addEventListener('reset', () => {
    const missedMs = breaks.missedMs()
    onReset(missedMs === undefined ? { why: 'flood' } : { why: 'break', missedMs })
  })
  source.addEventListener('error', () => {
    breaks.lost()
    if (source.readyState === EventSource.CLOSED) onEnd()
  })
  return () => source.close()
}
