import type { QueryClient } from '@tanstack/react-query'
import { createRootRouteWithContext, createRoute, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router'
import { NotFound } from '#components/error-state/not-found.tsx'
import { homeProject } from './home-project.ts'

export interface RouterContext {
  readonly queryClient: QueryClient
}

export const rootRoute = createRootRouteWithContext<RouterContext>()({
  component: Outlet,
  notFoundComponent: NotFound,
  errorComponent: lazyRouteComponent(() => import('#components/error-state/route-error.tsx'), 'RouteError'),
})

/** `/`: the home of the project that was open last, or the first there is. */
export const indexRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  beforeLoad: async ({ context, location }) => {
    const project = await homeProject(context.queryClient, location.href)
    if (project === undefined) return
    throw redirect({ to: '/p/$project', params: { project }, replace: true })
  },
  component: lazyRouteComponent(() => import('#features/welcome/no-project-page.tsx'), 'NoProjectPage'),
})
