import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { homeProject } from './home-project.ts'
import { projectRoute } from './project.ts'
import { rootRoute } from './root.ts'

/** `/welcome`: how to send a first trace to the project at hand. */
export const welcomeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/welcome',
  beforeLoad: async ({ context, location }) => {
    const project = await homeProject(context.queryClient, location.href)
    throw project === undefined
      ? redirect({ to: '/', replace: true })
      : redirect({ to: '/p/$project/welcome', params: { project }, replace: true })
  },
})

export const projectWelcomeRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/welcome',
  component: lazyRouteComponent(() => import('#features/welcome/welcome-page.tsx'), 'WelcomePage'),
})
