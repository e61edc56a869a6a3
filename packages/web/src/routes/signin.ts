import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { z } from 'zod'
import { text } from '#search/shared.ts'
import { rootRoute } from './root.ts'

const SignInSearch = z.object({
  /** Where to go afterwards: a path of this page. */
  next: text,
})

export const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/signin',
  validateSearch: SignInSearch,
  component: lazyRouteComponent(() => import('#features/signin/sign-in-page.tsx'), 'SignInPage'),
})
