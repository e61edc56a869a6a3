import { parseListRef } from '#search/list-ref.ts'
import type { Taste } from './taste.ts'

export type TraceViewName = 'tree' | 'transcript' | 'graph' | 'log'

/** The view of the URL; where it names none, a trace of a session opens as what was said, any other as the viewer likes it. */
export function viewNameOf(
  { v, ref }: { readonly v?: TraceViewName | undefined; readonly ref?: string | undefined },
  taste: Pick<Taste, 'view'>,
): TraceViewName {
  if (v !== undefined) return v
  return parseListRef(ref)?.list === 'session' ? 'transcript' : taste.view
}

/** What the choice of a view says of the viewer's taste: a graph or a log is a look in between. */
export const tasteOfView = (name: TraceViewName): Partial<Pick<Taste, 'view'>> =>
  name === 'tree' || name === 'transcript' ? { view: name } : {}
