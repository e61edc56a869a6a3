import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { z } from 'zod'
import { flag, text } from '#search/shared.ts'
import { projectRoute } from './project.ts'

const HomeSearch = z.object({
  /** What cost is split by; `model` by default. */
  by: text,
  /** Beside the period before. */
  prev: flag,
})

export const homeRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/',
  validateSearch: HomeSearch,
  component: lazyRouteComponent(() => import('#features/home/home-page.tsx'), 'HomePage'),
})
