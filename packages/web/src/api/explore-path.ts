import type { ExploredView } from '@xtrace/contract'
import type { Interval } from '#search/time-range.ts'
import { projectPath, type QueryValues, withQuery } from './paths.ts'

/** Which rows: a span of time and environments; the public filter array as JSON; `column.desc`. */
export interface Explored {
  readonly interval: Interval
  readonly env?: readonly string[] | undefined
  readonly filter?: string | undefined
  readonly order?: string | undefined
  /** Beside those that every row has: `metadata.<key>`, `score.<name>`, `usage.<type>`. */
  readonly columns?: readonly string[] | undefined
}

const iso = (ms: number) => new Date(ms).toISOString()

export function exploredQuery({ interval, env, filter, order, columns }: Explored): QueryValues {
  return { from: iso(interval.fromMs), to: iso(interval.toMs), env, filter, order, columns }
}

export const ROWS_A_PAGE = 100

/** A page of rows. */
export const rowsPath = (project: string, view: ExploredView, asked: Explored & { readonly cursor?: string }): string =>
  withQuery(projectPath(project, 'explore', view), {
    ...exploredQuery(asked),
    cursor: asked.cursor,
    limit: ROWS_A_PAGE,
  })
