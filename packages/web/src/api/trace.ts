import { queryOptions } from '@tanstack/react-query'
import { SkeletonDto, TracePayloadsDto } from '@xtrace/contract'
import { call } from './client.ts'
import { projectPath, withQuery } from './paths.ts'
import { KEPT_MS, PAYLOAD_META } from './payload-memory.ts'

/** The shape of a trace, without payloads. */
export const skeletonQuery = (project: string, trace: string) =>
  queryOptions({
    queryKey: ['trace', project, trace, 'skeleton'],
    // A trace of 30 000 observations is 3 MB: the parts of two answers are not worth comparing.
    structuralSharing: false,
    gcTime: KEPT_MS,
    queryFn: async ({ signal }) =>
      await call(projectPath(project, 'traces', trace, 'skeleton'), { answer: SkeletonDto, signal }),
  })

/** Input, output and metadata of the trace itself, the first 256 K characters of each. */
export const tracePayloadsQuery = (project: string, trace: string) =>
  queryOptions({
    queryKey: ['trace', project, trace, 'payloads'],
    gcTime: KEPT_MS,
    meta: PAYLOAD_META,
    queryFn: async ({ signal }) =>
      await call(projectPath(project, 'traces', trace, 'payloads'), { answer: TracePayloadsDto, signal }),
  })

/** Calls back whenever the server has stored something new of the trace, until the returned function is called. */
export function watchTrace(project: string, trace: string, onChange: () => void): () => void {
  const source = new EventSource(withQuery(projectPath(project, 'traces', trace, 'tail')))
  source.addEventListener('changed', onChange)
  return () => source.close()
}
