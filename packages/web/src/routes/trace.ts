import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { z } from 'zod'
import { list, oneOf, text, wordOf } from '#search/shared.ts'
import { projectRoute } from './project.ts'

const TraceSearch = z.object({
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
  /** The list that the trace was opened from. */
  ref: text,
})

export const traceRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/traces/$trace',
  validateSearch: TraceSearch,
  component: lazyRouteComponent(() => import('#features/trace-view/trace-page.tsx'), 'TracePage'),
})
