import { getRouteApi } from '@tanstack/react-router'
import { EmptyState } from '#components/empty-state/empty-state.tsx'
import { ErrorState } from '#components/error-state/error-state.tsx'
import { Page } from '#components/page/page.tsx'
import { Button } from '#components/ui/button.tsx'
import { SkeletonRows } from '#components/ui/skeleton.tsx'
import { formatCount } from '#lib/format/figures.ts'
import { SessionHead } from './session-head.tsx'
import { SessionStrip } from './session-strip.tsx'
import { TurnView } from './turn-view.tsx'
import { useSession, useTurns } from './use-session.ts'

const route = getRouteApi('/p/$project/sessions/$id')

/** A session as one conversation, whatever the time range of the page is. */
export function SessionPage() {
  const { id } = route.useParams()
  const { trace } = route.useSearch()
  const { totals, traces, rows } = useSession(id)
  const { turns, failed, showMore } = useTurns(rows, trace)
  const total = totals?.traces ?? rows.length
  const more = () => {
    showMore()
    if (turns.length === rows.length && traces.hasNextPage) void traces.fetchNextPage()
  }
  return (
    <Page title={`Session ${id}`} scrolls>
      {traces.isPending ? <SkeletonRows count={12} /> : null}
      {traces.error ? (
        <ErrorState error={traces.error} doing="read the session" onRetry={() => traces.refetch()} />
      ) : null}
      {traces.isSuccess && rows.length === 0 ? (
        <EmptyState title={`No traces of session ${id}`} text="They may have been deleted, or not have arrived yet." />
      ) : null}
      {rows.length > 0 ? (
        <>
          <SessionHead id={id} totals={totals} rows={rows} />
          <SessionStrip rows={rows} chosen={trace} />
          <ol aria-label="Turns" className="flex shrink-0 flex-col">
            {turns.map((turn) => (
              <TurnView
                key={turn.trace.id}
                turn={turn}
                isChosen={turn.trace.id === trace}
                error={failed.get(turn.trace.id)}
              />
            ))}
          </ol>
          {turns.length < total ? (
            <div className="flex items-center gap-3 p-4 text-12 text-text-3">
              <Button onClick={more}>Show more turns</Button>
              {formatCount(turns.length)} of {formatCount(total)}
            </div>
          ) : null}
        </>
      ) : null}
    </Page>
  )
}
