import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { groupsQuery } from '#api/explore.ts'
import { EmptyState } from '#components/empty-state/empty-state.tsx'
import { ErrorState } from '#components/error-state/error-state.tsx'
import { Page } from '#components/page/page.tsx'
import { conditionsOfGroup } from '#components/trace-groups/group-links.ts'
import { GroupsTable } from '#components/trace-groups/groups-table.tsx'
import { Tabs } from '#components/ui/tabs.tsx'
import { useInterval } from '#project/use-interval.ts'
import { useProject } from '#project/use-project.ts'
import { useSharedSearch } from '#project/use-shared-search.ts'
import { UserCost } from './user-cost.tsx'
import { UserHead } from './user-head.tsx'
import { UserTraces } from './user-traces.tsx'

const route = getRouteApi('/p/$project/users/$id')

const TABS = [
  { name: 'sessions', label: 'Sessions' },
  { name: 'traces', label: 'Traces' },
  { name: 'cost', label: 'Cost by day' },
] as const

/** A user within the time range: what it comes to, and the sessions and traces. */
export function UserPage() {
  const { project } = useProject()
  const { env } = useSharedSearch()
  const { id } = route.useParams()
  const { tab = 'sessions' } = route.useSearch()
  const interval = useInterval()
  const navigate = useNavigate()
  const explored = { interval, env, filter: conditionsOfGroup('user', id) }
  const answer = useInfiniteQuery(groupsQuery(project.id, 'users', explored))
  const choose = (name: (typeof TABS)[number]['name']) =>
    void navigate({ to: '.', search: (earlier) => ({ ...earlier, tab: name === 'sessions' ? undefined : name }) })
  return (
    <Page title={`User ${id}`}>
      <UserHead id={id} totals={answer.data?.pages[0]?.rows[0]} />
      {answer.error ? (
        <ErrorState error={answer.error} doing="sum up the traces" onRetry={() => answer.refetch()} />
      ) : null}
      <Tabs label="Of this user" tabs={TABS} value={tab} onChange={choose} className="flex-1">
        <div className="flex h-full min-h-0 flex-col">
          {tab === 'sessions' ? (
            <GroupsTable field="session" of={{ field: 'user', id }} empty={<Nothing noun="sessions" />} />
          ) : null}
          {tab === 'traces' ? <UserTraces explored={explored} empty={<Nothing noun="traces" />} /> : null}
          {tab === 'cost' ? <UserCost user={id} interval={interval} env={env} /> : null}
        </div>
      </Tabs>
    </Page>
  )
}

function Nothing({ noun }: { readonly noun: string }) {
  return (
    <EmptyState
      title={`No ${noun} of this user in this time range`}
      text="Choose a longer one at the top of the page."
    />
  )
}
