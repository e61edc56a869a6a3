import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { projectRoute } from './project.ts'

export const settingsRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/settings',
  component: lazyRouteComponent(() => import('#features/settings/settings-frame.tsx'), 'SettingsFrame'),
})

export const settingsIndexRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/',
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/p/$project/settings/general', params, replace: true })
  },
})

const page = <const Path extends string>(path: Path, component: ReturnType<typeof lazyRouteComponent>) =>
  createRoute({ getParentRoute: () => settingsRoute, path, component })

export const settingsPageRoutes = [
  page(
    '/general',
    lazyRouteComponent(() => import('#features/settings/general-page.tsx'), 'GeneralPage'),
  ),
  page(
    '/keys',
    lazyRouteComponent(() => import('#features/settings/keys-page.tsx'), 'KeysPage'),
  ),
  page(
    '/members',
    lazyRouteComponent(() => import('#features/settings/members-page.tsx'), 'MembersPage'),
  ),
  page(
    '/models',
    lazyRouteComponent(() => import('#features/settings/models-page.tsx'), 'ModelsPage'),
  ),
  page(
    '/account',
    lazyRouteComponent(() => import('#features/settings/account-page.tsx'), 'AccountPage'),
  ),
  page(
    '/appearance',
    lazyRouteComponent(() => import('#features/settings/appearance-page.tsx'), 'AppearancePage'),
  ),
  page(
    '/system',
    lazyRouteComponent(() => import('#features/settings/system-page.tsx'), 'SystemPage'),
  ),
] as const
