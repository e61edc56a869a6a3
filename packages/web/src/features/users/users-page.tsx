import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { EmptyState } from '#components/empty-state/empty-state.tsx'
import { pythonClient, SdkLines } from '#components/empty-state/sdk-lines.tsx'
import { Page } from '#components/page/page.tsx'
import { GroupsTable } from '#components/trace-groups/groups-table.tsx'

const route = getRouteApi('/p/$project/users')

/** Users of the time range, the newest first. */
export function UsersPage() {
  const { q } = route.useSearch()
  const navigate = useNavigate()
  const search = (typed: string) =>
    void navigate({ to: '.', search: (earlier) => ({ ...earlier, q: typed === '' ? undefined : typed }) })
  return (
    <Page title="Users">
      <GroupsTable field="user" typed={q ?? ''} onSearch={search} empty={<NoUsers />} />
    </Page>
  )
}

const SNIPPET = 'with propagate_attributes(user_id="alice"): answer(question)'

function NoUsers() {
  return (
    <EmptyState
      title="No users in this time range"
      text="Traces that carry a user id are summed up here by user. With the Python SDK:"
    >
      <SdkLines code={(client) => `${pythonClient(client, 'propagate_attributes')}\n${SNIPPET}`} />
    </EmptyState>
  )
}
