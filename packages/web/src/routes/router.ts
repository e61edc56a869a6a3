/** The routes of the interface as one tree. Each file beside this one is a route: its search params and its page. */
import type { QueryClient } from '@tanstack/react-query'
import { createRouter } from '@tanstack/react-router'
import type { TracePeekComponent } from '#components/explorer/peeked-trace.tsx'
import { parseSearchText, printSearchText } from '#search/search-text.ts'
import { compareRoute } from './compare.ts'
import { homeRoute } from './home.ts'
import { metricsRoute } from './metrics.ts'
import { observationsRoute } from './observations.ts'
import { permalinkNodeRoute, permalinkRoute } from './permalink.ts'
import { projectRoute } from './project.ts'
import { indexRoute, rootRoute } from './root.ts'
import { sessionRoute, sessionsRoute } from './sessions.ts'
import { settingsIndexRoute, settingsPageRoutes, settingsRoute } from './settings.ts'
import { traceRoute } from './trace.ts'
import { tracesRoute } from './traces.ts'
import { userRoute, usersRoute } from './users.ts'
import { projectWelcomeRoute, welcomeRoute } from './welcome.ts'

const projectTree = projectRoute.addChildren([
  homeRoute,
  projectWelcomeRoute,
  tracesRoute,
  traceRoute,
  observationsRoute,
  compareRoute,
  sessionsRoute,
  sessionRoute,
  usersRoute,
  userRoute,
  metricsRoute,
  settingsRoute.addChildren([settingsIndexRoute, ...settingsPageRoutes]),
])

const routeTree = rootRoute.addChildren([indexRoute, welcomeRoute, permalinkRoute, permalinkNodeRoute, projectTree])

export function createAppRouter(queryClient: QueryClient) {
  return createRouter({
    routeTree,
    context: { queryClient },
    parseSearch: parseSearchText,
    stringifySearch: printSearchText,
    // What no route knows is kept out of the address.
    search: { strict: true },
    defaultPreload: 'intent',
    // What a page reads is kept by the query client, not by the router.
    defaultPreloadStaleTime: 0,
    defaultStructuralSharing: true,
  })
}

/** Fetches the scripts of the page at hand beside the question who is signed in, not after it. */
export function preloadPage(router: ReturnType<typeof createAppRouter>): void {
  // What cannot be fetched is asked for again by the router, which shows the failure.
  const [matched] = router.getMatchedRoutes(router.latestLocation.pathname)
  for (const route of matched) router.loadRouteChunk(route)?.catch(() => {})
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>
  }
  interface StaticDataRouteOption {
    /** Over which time the page looks when its address names none; 24 hours when absent. */
    readonly defaultRange?: string
    /** Of the page of a trace: the same beside a list, which may not import it. */
    readonly TracePeek?: TracePeekComponent
  }
}
