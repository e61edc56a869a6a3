import { getRouteApi } from '@tanstack/react-router'
import { EmptyState } from '#components/empty-state/empty-state.tsx'
import { pythonClient, SdkLines } from '#components/empty-state/sdk-lines.tsx'
import { Page } from '#components/page/page.tsx'
import { GroupsTable } from '#components/trace-groups/groups-table.tsx'
import { useGroupsSearch } from '#components/trace-groups/use-groups-search.ts'

const route = getRouteApi('/p/$project/users')

/** Users of the time range, the newest first. */
export function UsersPage() {
  const { q, cols } = route.useSearch()
  const { setTyped, setCols } = useGroupsSearch()
  return (
    <Page title="Users">
      <GroupsTable field="user" typed={q ?? ''} onSearch={setTyped} cols={cols} onCols={setCols} empty={<NoUsers />} />
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
