import type { ProjectId } from '#domain/ids.ts'
import type { Sealed } from '#lib/sealer.ts'

export const LLM_ADAPTERS = ['anthropic', 'openai', 'azure', 'bedrock', 'google-vertex-ai', 'google-ai-studio'] as const
export type LlmAdapter = (typeof LLM_ADAPTERS)[number]

/** How to reach a provider of models (public-api contract §17). What is sealed opens with `sealContext`. */
export interface LlmConnection {
  readonly id: string
  readonly projectId: ProjectId
  /** One connection a name and project. */
  readonly provider: string
  readonly adapter: LlmAdapter
  readonly sealedSecret: Sealed
  /** `sk-...1a2b` */
  readonly displaySecret: string
  readonly baseUrl: string | undefined
  readonly customModels: readonly string[]
  readonly withDefaultModels: boolean
  /** JSON object of names and values. */
  readonly sealedHeaders: Sealed | undefined
  readonly headerNames: readonly string[]
  readonly config: Readonly<Record<string, unknown>> | undefined
  /** Milliseconds since the epoch. */
  readonly createdAt: number
  readonly updatedAt: number
}

/** A secret of one connection is of no use in the row of another. */
export const sealContext = (projectId: ProjectId, provider: string): string =>
  JSON.stringify(['llm connection', projectId, provider])
