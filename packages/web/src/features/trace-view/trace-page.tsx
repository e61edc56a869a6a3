import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { publicQuery } from '#api/public.ts'
import { ErrorState } from '#components/error-state/error-state.tsx'
import { PlainJson } from '#components/json-view/plain-json.tsx'
import { Page } from '#components/page/page.tsx'
import { SkeletonRows } from '#components/ui/skeleton.tsx'
import { useProject } from '#project/use-project.ts'

const route = getRouteApi('/p/$project/traces/$trace')

/** A trace as the API gives it. */
export function TracePage() {
  const { project } = useProject()
  const { trace } = route.useParams()
  const answer = useQuery(publicQuery(project.id, 'traces', trace))
  return (
    <Page title="Trace" scrolls>
      {answer.isPending ? <SkeletonRows count={12} /> : null}
      {answer.error ? <ErrorState error={answer.error} doing="read it" onRetry={() => answer.refetch()} /> : null}
      {answer.isSuccess ? <PlainJson value={answer.data} /> : null}
    </Page>
  )
}
