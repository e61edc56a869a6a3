/** What a trace view keeps in the URL: of the page of its trace, or of the list beside which it is peeked at. */
import { z } from 'zod'
import { list, oneOf, text, wordOf } from './shared.ts'

export const TRACE_VIEW = {
  /** Id of the selected observation. */
  node: text,
  /** As the viewer likes it by default, or as what it was opened from is read. */
  v: wordOf(['tree', 'transcript', 'graph', 'log']),
  /** `io` opens the detail where it lies over the tree. */
  tab: wordOf(['io', 'meta', 'scores', 'comments', 'raw']),
  /** `a..b` in milliseconds from the start of the trace. */
  zoom: text,
  /** Folding of idle time; automatic by default. */
  gaps: oneOf(['auto', 'fold', 'show']),
  group: oneOf(['none', 'run', 'turn', 'step', 'agent']),
  /** The lowest level shown. */
  min: text,
  /** What is searched for. */
  s: text,
  /** Metrics drawn under the waterfall. */
  lanes: list,
}

const TraceView = z.object(TRACE_VIEW)
export type TraceViewSearch = z.infer<typeof TraceView>

/** Of a search, what is of the trace view; all of it, so that it takes the place of another. */
export function traceViewOf(search: TraceViewSearch): Required<TraceViewSearch> {
  const { node, v, tab, zoom, gaps, group, min, s, lanes } = search
  return { node, v, tab, zoom, gaps, group, min, s, lanes }
}

/** What another trace does not have. */
export const OTHER_TRACE = { node: undefined, zoom: undefined } as const
/** No trace is looked at. */
export const NO_TRACE = traceViewOf({})
