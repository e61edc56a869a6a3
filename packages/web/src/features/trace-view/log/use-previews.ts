import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { type Preview, previewsQuery, previewWish } from '#api/trace-observations.ts'
import { versionOf } from '#features/trace-view/model/node-query.ts'
import { idOf, type TraceModel, timeOf } from '#features/trace-view/model/trace-model.ts'
import { useSettled } from '#features/trace-view/model/use-settled.ts'
import { useTraceContext } from '#features/trace-view/model/use-trace-view.ts'

/** Rows are asked about once scrolling rests. */
const SETTLE_MS = 120

/** First lines of the output of the rows that are seen, by id; what was read of one that has ended is kept. */
export function usePreviews(model: TraceModel, nodes: readonly number[]): ReadonlyMap<string, Preview> {
  const { project } = useTraceContext()
  const [known, setKnown] = useState<ReadonlyMap<string, Preview>>(new Map())
  const wanted = useSettled(missingOf(model, nodes, known).join(' '), SETTLE_MS)
  const { data } = useQuery(previewsQuery(project, timeOf(model), wanted))
  useEffect(() => {
    if (data) setKnown((earlier) => new Map([...earlier, ...data]))
  }, [data])
  return known
}

/** What there is to ask for: of rows of which nothing is known, or not what came out of them by now. */
export const missingOf = (
  model: TraceModel,
  nodes: readonly number[],
  known: ReadonlyMap<string, Preview>,
): readonly string[] =>
  nodes.flatMap((node) => {
    const id = idOf(model, node)
    const version = versionOf(model, node)
    return id === undefined || known.get(id)?.version === version ? [] : [previewWish(id, version)]
  })
