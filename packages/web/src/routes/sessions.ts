import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { z } from 'zod'
import { list, oneOf, text } from '#search/shared.ts'
import { projectRoute } from './project.ts'

/** `q`: a part of the id. */
const SessionsSearch = z.object({ q: text, cols: list })

export const sessionsRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/sessions',
  validateSearch: SessionsSearch,
  component: lazyRouteComponent(() => import('#features/sessions/sessions-page.tsx'), 'SessionsPage'),
})

/** `trace`: the turn that is looked at. */
const SessionSearch = z.object({ trace: text, v: oneOf(['chat', 'timeline']) })

export const sessionRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/sessions/$id',
  validateSearch: SessionSearch,
  component: lazyRouteComponent(() => import('#features/sessions/session-page.tsx'), 'SessionPage'),
})
