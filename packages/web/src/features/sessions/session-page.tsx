import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { EmptyState } from '#components/empty-state/empty-state.tsx'
import { ErrorState } from '#components/error-state/error-state.tsx'
import { Page } from '#components/page/page.tsx'
import { SkeletonRows } from '#components/ui/skeleton.tsx'
import { Tabs } from '#components/ui/tabs.tsx'
import { createStore } from '#store/store.ts'
import { ChatTurns } from './chat-turns.tsx'
import { SessionHead } from './session-head.tsx'
import { SessionStrip } from './session-strip.tsx'
import { SessionTimeline } from './session-timeline.tsx'
import type { SeenTurn } from './turn-read.ts'
import { useSession } from './use-session.ts'
import { useSessionKeys } from './use-session-keys.ts'

const route = getRouteApi('/p/$project/sessions/$id')

const VIEWS = [
  { name: 'chat', label: 'Conversation' },
  { name: 'timeline', label: 'Timeline' },
] as const
export type SessionView = (typeof VIEWS)[number]['name']

/** A session as one conversation or along its time, whatever the time range of the page is. */
export function SessionPage() {
  const { id } = route.useParams()
  const { trace, v = 'chat' } = route.useSearch()
  const { summed, traces, rows } = useSession(id)
  const [seen] = useState(() => createStore<readonly SeenTurn[]>([]))
  const navigate = useNavigate()
  const setView = (name: SessionView) =>
    void navigate({
      to: '.',
      search: (earlier) => ({ ...earlier, v: name === 'chat' ? undefined : name }),
      replace: true,
      resetScroll: false,
    })
  useSessionKeys(rows, { chosen: trace, view: v, setView })
  const totals = summed.data?.pages[0]?.rows[0]
  const total = totals?.traces ?? rows.length
  const onMore = traces.hasNextPage && !traces.isFetchingNextPage ? () => void traces.fetchNextPage() : undefined
  return (
    <Page title={`Session ${id}`} scrolls>
      {traces.isPending ? <SkeletonRows count={12} /> : null}
      {traces.error ? (
        <ErrorState error={traces.error} doing="read the session" onRetry={() => traces.refetch()} />
      ) : null}
      {summed.error ? (
        <ErrorState error={summed.error} doing="sum up the session" onRetry={() => summed.refetch()} />
      ) : null}
      {traces.isSuccess && rows.length === 0 ? (
        <EmptyState title={`No traces of session ${id}`} text="They may have been deleted, or not have arrived yet." />
      ) : null}
      {rows.length > 0 ? (
        <>
          <SessionHead id={id} totals={totals} rows={rows} />
          <SessionStrip rows={rows} chosen={trace} seen={seen} />
          <Tabs label="Views of the session" tabs={VIEWS} value={v} onChange={setView} className="shrink-0">
            {v === 'chat' ? (
              <ChatTurns rows={rows} total={total} chosen={trace} seen={seen} onMore={onMore} />
            ) : (
              <SessionTimeline rows={rows} total={total} chosen={trace} onMore={onMore} />
            )}
          </Tabs>
        </>
      ) : null}
    </Page>
  )
}
