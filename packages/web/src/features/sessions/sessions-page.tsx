import { getRouteApi } from '@tanstack/react-router'
import { EmptyState } from '#components/empty-state/empty-state.tsx'
import { pythonClient, SdkLines } from '#components/empty-state/sdk-lines.tsx'
import { Page } from '#components/page/page.tsx'
import { GroupsTable } from '#components/trace-groups/groups-table.tsx'
import { useGroupsSearch } from '#components/trace-groups/use-groups-search.ts'

const route = getRouteApi('/p/$project/sessions')

/** Sessions of the time range, the newest first. */
export function SessionsPage() {
  const { q, cols } = route.useSearch()
  const { setTyped, setCols } = useGroupsSearch()
  return (
    <Page title="Sessions">
      <GroupsTable
        field="session"
        typed={q ?? ''}
        onSearch={setTyped}
        cols={cols}
        onCols={setCols}
        empty={<NoSessions />}
      />
    </Page>
  )
}

const SNIPPET = 'with propagate_attributes(session_id="chat-42"): answer(question)'

function NoSessions() {
  return (
    <EmptyState
      title="No sessions in this time range"
      text="Traces that carry one session id are read here as one conversation. With the Python SDK:"
    >
      <SdkLines code={(client) => `${pythonClient(client, 'propagate_attributes')}\n${SNIPPET}`} />
    </EmptyState>
  )
}
