import { EmptyState } from '#components/empty-state/empty-state.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { useTraceContext } from './model/use-trace-view.ts'

/** In the place of every view of a trace that holds nothing yet. */
export function NoObservations() {
  const { traceId } = useTraceContext()
  return (
    <EmptyState
      title="No observations"
      text="Nothing was sent inside this trace. What is sent with its id appears here by itself."
    >
      <CopyButton text={traceId} label="Copy the id of the trace" isLabelled />
    </EmptyState>
  )
}
