import { useMemo } from 'react'
import { useTraceSearch } from '#features/trace-view/model/use-trace-search.ts'
import { useModel } from '#features/trace-view/model/use-trace-view.ts'
import { nodeOfId } from '#lib/trace/find.ts'

/** Says that the address names an observation which the trace does not have. */
export function LostNode() {
  const { node } = useTraceSearch()
  const { tree } = useModel()
  const isLost = useMemo(() => node !== undefined && nodeOfId(tree, node) === undefined, [tree, node])
  if (!isLost) return null
  return (
    <p role="status" className="shrink-0 border-b bg-sunken px-4 py-1.5 text-12 text-text-2">
      Observation <span className="mono break-all">{node}</span> is not in this trace.
    </p>
  )
}
