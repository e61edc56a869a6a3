import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { z } from 'zod'
import { list, oneOf, text } from '#search/shared.ts'
import { projectRoute } from './project.ts'

/** `q`: a part of the id. */
const UsersSearch = z.object({ q: text, cols: list })

export const usersRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/users',
  validateSearch: UsersSearch,
  component: lazyRouteComponent(() => import('#features/users/users-page.tsx'), 'UsersPage'),
})

const UserSearch = z.object({ tab: oneOf(['sessions', 'traces', 'cost']) })

export const userRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/users/$id',
  validateSearch: UserSearch,
  component: lazyRouteComponent(() => import('#features/users/user-page.tsx'), 'UserPage'),
})
