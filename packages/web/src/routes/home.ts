import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { z } from 'zod'
import { flag, oneOf } from '#search/shared.ts'
import { projectRoute } from './project.ts'

const HomeSearch = z.object({
  /** What the traces are told apart by. */
  by: oneOf(['model', 'name', 'user', 'environment']),
  measure: oneOf(['cost', 'tokens', 'calls']),
  /** Beside the period before. */
  prev: flag,
})

export const homeRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/',
  validateSearch: HomeSearch,
  component: lazyRouteComponent(() => import('#features/home/home-page.tsx'), 'HomePage'),
})
