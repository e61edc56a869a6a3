import { useQuery } from '@tanstack/react-query'
import type { ObservationDetailDto, PayloadsDto } from '@xtrace/contract'
import { observationQuery, tracePayloadsQuery } from '#api/trace.ts'
import type { TraceModel } from '#features/trace-view/model/trace-model.ts'
import { useModel, useTraceContext } from '#features/trace-view/model/use-trace-view.ts'
import type { DetailSubject } from './subject.ts'

export interface SubjectAnswer {
  readonly payloads: PayloadsDto | undefined
  /** Undefined for the trace. */
  readonly observation: ObservationDetailDto['observation'] | undefined
  readonly error: Error | null
  retry(): void
}

/** What the server says of the subject: payloads, and of an observation all else. */
export function useSubject({ of, id }: DetailSubject): SubjectAnswer {
  const { project } = useTraceContext()
  const model = useModel()
  const isTrace = of === 'traces'
  const trace = useQuery({ ...tracePayloadsQuery(project, id), enabled: isTrace })
  const observation = useQuery({ ...observationQuery(project, id, versionOf(model, id)), enabled: !isTrace })
  const answer = isTrace ? trace : observation
  return {
    payloads: answer.data?.payloads,
    observation: isTrace ? undefined : observation.data?.observation,
    error: answer.error,
    retry: () => {
      answer.refetch().catch(() => {})
    },
  }
}

/** Grows when a live trace changes while the observation runs; one that has ended is read once. */
function versionOf({ dto, isRunning }: TraceModel, id: string): number {
  if (!isRunning) return 0
  return dto.nodes.end[dto.nodes.id.lastIndexOf(id)] === null ? dto.version : 0
}
