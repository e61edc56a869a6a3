import { queryOptions } from '@tanstack/react-query'
import {
  ObservationDetailDto,
  type SkeletonDto,
  SkeletonDto as SkeletonSchema,
  TracePayloadsDto,
} from '@xtrace/contract'
import { call } from './client.ts'
import { projectPath } from './paths.ts'

/** What a session needs of one trace: its own payloads, those of its last generation, and the tools that ran. */
export interface TurnRecord {
  /** The first 256 K characters; '' for none. */
  readonly input: string
  readonly output: string
  /** Undefined when the trace's own tell the conversation, or it has no generation. */
  readonly last: { readonly input: string; readonly output: string } | undefined
  /** In the order of their starts. */
  readonly tools: readonly { readonly name: string; readonly isError: boolean }[]
}

interface TurnQueryOptions {
  /** Whether the payloads of the trace itself tell what was asked and answered. */
  isEnough(payloads: { readonly input: string; readonly output: string }): boolean
}

const KEPT_MS = 60_000

/** One turn of a session; the last generation is asked for only when the trace itself does not tell the conversation. */
export const turnQuery = (project: string, trace: string, { isEnough }: TurnQueryOptions) =>
  queryOptions({
    queryKey: ['turn', project, trace],
    gcTime: KEPT_MS,
    staleTime: KEPT_MS,
    queryFn: async ({ signal }): Promise<TurnRecord> => {
      const [{ payloads }, skeleton] = await Promise.all([
        call(projectPath(project, 'traces', trace, 'payloads'), { answer: TracePayloadsDto, signal }),
        call(projectPath(project, 'traces', trace, 'skeleton'), { answer: SkeletonSchema, signal }),
      ])
      const own = { input: payloads.input.text, output: payloads.output.text }
      const generation = isEnough(own) ? undefined : lastGeneration(skeleton)
      const last = generation === undefined ? undefined : await payloadsOf(generation)
      return { ...own, last, tools: toolsOf(skeleton) }

      async function payloadsOf(observation: string) {
        const path = projectPath(project, 'observations', observation)
        const detail = await call(path, { answer: ObservationDetailDto, signal })
        return { input: detail.payloads.input.text, output: detail.payloads.output.text }
      }
    },
  })

const wordOf = ({ strings }: SkeletonDto, places: readonly number[], node: number): string =>
  strings[places[node] ?? 0] ?? ''

function lastGeneration(skeleton: SkeletonDto): string | undefined {
  const { nodes } = skeleton
  const last = nodes.id.findLastIndex((_, node) => wordOf(skeleton, nodes.type, node).toUpperCase() === 'GENERATION')
  return nodes.id[last]
}

function toolsOf(skeleton: SkeletonDto): TurnRecord['tools'] {
  const { nodes } = skeleton
  return nodes.id.flatMap((_, node) =>
    wordOf(skeleton, nodes.type, node).toUpperCase() === 'TOOL'
      ? [{ name: wordOf(skeleton, nodes.name, node), isError: wordOf(skeleton, nodes.level, node) === 'ERROR' }]
      : [],
  )
}
