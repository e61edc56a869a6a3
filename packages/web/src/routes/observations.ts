import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { projectRoute } from './project.ts'
import { TableSearch } from './table-search.ts'

export const observationsRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/observations',
  validateSearch: TableSearch,
  component: lazyRouteComponent(() => import('#features/observations/observations-page.tsx'), 'ObservationsPage'),
})
