import { createRoute, redirect } from '@tanstack/react-router'
import { findTraceProject } from '#api/permalink.ts'
import { requireSession } from './home-project.ts'
import { rootRoute } from './root.ts'

/** `/t/$trace`: a short link without a project, to the trace in whichever project of the viewer's has it. */
export const permalinkRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/t/$trace',
  beforeLoad: async ({ context, location, params }) => await follow(context, location.href, params),
})

export const permalinkNodeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/t/$trace/$node',
  beforeLoad: async ({ context, location, params }) => await follow(context, location.href, params),
})

type Context = { readonly queryClient: Parameters<typeof requireSession>[0] }

async function follow(
  { queryClient }: Context,
  href: string,
  { trace, node }: { readonly trace: string; readonly node?: string },
): Promise<never> {
  const { projects } = await requireSession(queryClient, href)
  const project = await findTraceProject(projects, trace)
  throw redirect({ to: '/p/$project/traces/$trace', params: { project, trace }, search: { node }, replace: true })
}
