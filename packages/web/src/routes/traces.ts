import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { projectRoute } from './project.ts'
import { TableSearch } from './table-search.ts'

export const tracesRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/traces',
  validateSearch: TableSearch,
  component: lazyRouteComponent(() => import('#features/traces/traces-page.tsx'), 'TracesPage'),
})
