import { useQuery } from '@tanstack/react-query'
import { rawQuery } from '#api/trace.ts'
import { ErrorState } from '#components/error-state/error-state.tsx'
import { JsonView } from '#components/json-view/json-view.tsx'
import { SkeletonRows } from '#components/ui/skeleton.tsx'
import { useTraceContext } from '#features/trace-view/model/use-trace-view.ts'
import { parsePayload } from '#lib/chat/payload.ts'
import type { DetailSubject } from './subject.ts'

/** The record as the API gives it. */
export function RawTab({ subject }: { readonly subject: DetailSubject }) {
  const { project } = useTraceContext()
  const raw = useQuery(rawQuery(project, subject.of, subject.id))
  if (raw.error) return <ErrorState error={raw.error} doing="read the record" onRetry={() => raw.refetch()} />
  if (raw.data === undefined) return <SkeletonRows count={12} />
  return (
    <div className="flex h-full">
      <JsonView value={parsePayload(raw.data)} label="Record" />
    </div>
  )
}
