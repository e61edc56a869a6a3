import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { nodesWithTextQuery } from '#api/trace-observations.ts'
import { type TraceModel, timeOf } from './trace-model.ts'

const LEAST_CHARS = 2

export interface PayloadMatches {
  readonly ids: ReadonlySet<string>
  /** There may be more than these. */
  readonly isCut: boolean
}

/** The observations of the trace whose input or output holds the text, as the server finds them. */
export function usePayloadMatches(model: TraceModel, project: string, text: string): PayloadMatches {
  const wanted = text.trim().length < LEAST_CHARS ? '' : text.trim()
  const { data } = useQuery(nodesWithTextQuery(project, timeOf(model), wanted))
  return useMemo(() => ({ ids: new Set(data?.ids), isCut: data?.isCut ?? false }), [data])
}
