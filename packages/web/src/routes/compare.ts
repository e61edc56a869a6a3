import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { z } from 'zod'
import { oneOf, text } from '#search/shared.ts'
import { projectRoute } from './project.ts'

const CompareSearch = z.object({
  /** Two traces, or two observations as `trace/observation`. */
  a: text,
  b: text,
  node: text,
  /** What is read of both sides. */
  k: oneOf(['output', 'input', 'tree', 'words']),
})

export const compareRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/compare',
  validateSearch: CompareSearch,
  component: lazyRouteComponent(() => import('#features/compare/compare-page.tsx'), 'ComparePage'),
})
