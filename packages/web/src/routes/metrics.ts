import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { z } from 'zod'
import { flag, list, oneOf, text } from '#search/shared.ts'
import { projectRoute } from './project.ts'

const MetricsSearch = z.object({
  /** Series, each as `agg(name{label=value,…}) by label`. */
  s: list,
  /** Automatic by default. */
  step: text,
  as: oneOf(['line', 'area', 'bar', 'table']),
  log: flag,
})

export const metricsRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/metrics',
  validateSearch: MetricsSearch,
  staticData: { defaultRange: '1h' },
  component: lazyRouteComponent(() => import('#features/metrics/metrics-page.tsx'), 'MetricsPage'),
})
