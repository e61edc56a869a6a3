import type { ExploredView } from '@xtrace/contract'
import type { z } from 'zod'
import { projectPath, withQuery } from './paths.ts'

interface TailOptions<Row> {
  readonly filter: string | undefined
  readonly env: readonly string[]
  readonly columns?: readonly string[] | undefined
  readonly answer: z.ZodType<{ readonly rows: readonly Row[] }>
  /** What came or changed, oldest first. */
  onRows(rows: readonly Row[]): void
  /**
   * Too much was missed: the list must be asked for anew. `missedMs` is for how long nothing came; undefined where more
   * came at once than is told.
   */
  onReset(missedMs: number | undefined): void
  /** The server has closed the stream for good. */
  onEnd(): void
}

/** Calls back with rows as the server stores them, until the returned function is called. */
export function watchRows<Row>(project: string, view: ExploredView, options: TailOptions<Row>): () => void {
  const { filter, env, columns, answer, onRows, onReset, onEnd } = options
  const source = new EventSource(withQuery(projectPath(project, 'explore', view, 'tail'), { filter, env, columns }))
  let lostAtMs: number | undefined
  const reset = () => {
    onReset(lostAtMs === undefined ? undefined : Date.now() - lostAtMs)
    lostAtMs = undefined
  }
  source.addEventListener('rows', ({ data }) => {
    lostAtMs = undefined
    const parsed = answer.safeParse(JSON.parse(data))
    if (parsed.success) onRows(parsed.data.rows)
    else reset()
  })
  source.addEventListener('reset', reset)
  source.addEventListener('error', () => {
    lostAtMs ??= Date.now()
    if (source.readyState === EventSource.CLOSED) onEnd()
  })
  return () => source.close()
}
