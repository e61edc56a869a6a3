import { useQuery } from '@tanstack/react-query'
import { publicQuery } from '#api/public.ts'
import { ErrorState } from '#components/error-state/error-state.tsx'
import { PlainJson } from '#components/json-view/plain-json.tsx'
import { Page } from '#components/page/page.tsx'
import { useProject } from '#project/use-project.ts'

/** The names of the metrics that are stored. */
export function MetricsPage() {
  const { project } = useProject()
  const names = useQuery(publicQuery(project.id, 'metrics', 'names'))
  return (
    <Page title="Metrics" scrolls>
      {names.error ? <ErrorState error={names.error} doing="read the names" /> : <PlainJson value={names.data} />}
    </Page>
  )
}
