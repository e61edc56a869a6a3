import { useQuery } from '@tanstack/react-query'
import type { ObservationDetailDto, PayloadsDto } from '@xtrace/contract'
import { tracePayloadsQuery } from '#api/trace.ts'
import { nodeQuery } from '#features/trace-view/model/node-query.ts'
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
  const observation = useQuery({ ...nodeQuery(project, model, id), enabled: !isTrace })
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
