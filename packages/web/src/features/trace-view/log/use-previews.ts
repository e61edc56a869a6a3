import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { previewsQuery } from '#api/trace.ts'
import { idOf, type TraceModel, timeOf } from '#features/trace-view/model/trace-model.ts'
import { useSettled } from '#features/trace-view/model/use-settled.ts'
import { useTraceContext } from '#features/trace-view/model/use-trace-view.ts'

/** Rows are asked about once scrolling rests. */
const SETTLE_MS = 120

/** First lines of the output of the rows that are seen, by id; what was read once is kept. */
export function usePreviews(model: TraceModel, nodes: readonly number[]): ReadonlyMap<string, string> {
  const { project } = useTraceContext()
  const [known, setKnown] = useState<ReadonlyMap<string, string>>(new Map())
  const missing = nodes.flatMap((node) => idOf(model, node) ?? []).filter((id) => !known.has(id))
  const wanted = useSettled(missing.join(' '), SETTLE_MS)
  const { data } = useQuery({ ...previewsQuery(project, timeOf(model), wanted), placeholderData: keepPreviousData })
  useEffect(() => {
    if (data) setKnown((earlier) => new Map([...earlier, ...data]))
  }, [data])
  return known
}
