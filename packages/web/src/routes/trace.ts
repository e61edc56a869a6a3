import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { z } from 'zod'
import { text } from '#search/shared.ts'
import { TRACE_VIEW } from '#search/trace-view-search.ts'
import { projectRoute } from './project.ts'

const TraceSearch = z.object({
  ...TRACE_VIEW,
  /** The list that the trace was opened from. */
  ref: text,
})

export const traceRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/traces/$trace',
  validateSearch: TraceSearch,
  component: lazyRouteComponent(() => import('#features/trace-view/trace-page.tsx'), 'TracePage'),
  staticData: { TracePeek: lazyRouteComponent(() => import('#features/trace-view/trace-peek.tsx'), 'TracePeek') },
})
