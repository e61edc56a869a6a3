import type { QueryClient } from '@tanstack/react-query'
import { nodeQuery } from '#features/trace-view/model/node-query.ts'
import { idOf, type TraceModel } from '#features/trace-view/model/trace-model.ts'
import type { Said } from '#lib/trace/transcript.ts'
import { messagesOf } from './messages-of.ts'

interface SaidPlace {
  readonly client: QueryClient
  readonly project: string
  readonly model: TraceModel
}

/** The messages of one generation, as far as 256 K characters of either side go. @throws ApiError */
export async function readSaid({ client, project, model }: SaidPlace, node: number): Promise<Said> {
  const { payloads } = await client.ensureQueryData(nodeQuery(project, model, idOf(model, node) ?? ''))
  return { input: messagesOf(payloads.input.text, 'user'), output: messagesOf(payloads.output.text, 'assistant') }
}
