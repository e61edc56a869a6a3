import { createRoute, lazyRouteComponent, notFound, retainSearchParams } from '@tanstack/react-router'
import { NotFound } from '#components/error-state/not-found.tsx'
import { setPreferences } from '#preferences/preferences.ts'
import { sharedSearch } from '#search/shared.ts'
import { requireSession } from './home-project.ts'
import { rootRoute } from './root.ts'

/** Everything of one project: the shell around it, and the search params that its pages share. */
export const projectRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/p/$project',
  validateSearch: sharedSearch,
  search: { middlewares: [retainSearchParams(['t', 'env'])] },
  beforeLoad: async ({ context, params, location }) => {
    const session = await requireSession(context.queryClient, location.href)
    const project = session.projects.find(({ id }) => id === params.project)
    if (!project) throw notFound()
    setPreferences({ lastProject: project.id })
    return { session, project }
  },
  component: lazyRouteComponent(() => import('#shell/shell.tsx'), 'Shell'),
  notFoundComponent: NotFound,
})
