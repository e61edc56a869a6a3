/**
 * Prompts: named texts or chats, kept in numbered versions, of which labels pick the ones in use
 * (public-api contract §9). A version never changes but for its labels and the tags of its name.
 */
import type { NumberOperator } from '#domain/filter.ts'
import type { ProjectId } from '#domain/ids.ts'

export const PROMPT_TYPES = ['text', 'chat'] as const
export type PromptType = (typeof PROMPT_TYPES)[number]

/** Always on the newest version; nobody can move it. */
export const LATEST_LABEL = 'latest'
/** What a reader gets who asks for neither version nor label. */
export const PRODUCTION_LABEL = 'production'

/** One message of a chat, with whatever else the client sent beside role and content. */
export interface ChatMessage {
  readonly role: string
  readonly content: string
}

/** Stands for messages that the program inserts. */
export interface PlaceholderMessage {
  readonly type: 'placeholder'
  readonly name: string
}

export type PromptMessage = ChatMessage | PlaceholderMessage

/** The text of a text prompt, or the messages of a chat. */
export type PromptContent = string | readonly PromptMessage[]

/** One version of a prompt. */
export interface Prompt {
  readonly id: string
  readonly projectId: ProjectId
  readonly name: string
  readonly version: number
  readonly type: PromptType
  readonly content: PromptContent
  /** JSON text of any value. */
  readonly config: string
  /** In the order in which they were given; each is on at most one version of a name. */
  readonly labels: readonly string[]
  /** The same on all versions of a name. */
  readonly tags: readonly string[]
  readonly commitMessage: string | undefined
  readonly createdBy: string
  /** Milliseconds since the epoch. */
  readonly createdAt: number
  readonly updatedAt: number
}

export interface NewPrompt {
  readonly name: string
  readonly content: PromptContent
  /** JSON text of any value. */
  readonly config: string
  readonly labels: readonly string[]
  /** Absent: those that the name has already. */
  readonly tags?: readonly string[] | undefined
  readonly commitMessage?: string | undefined
  readonly createdBy: string
}

/** Which versions of a name are meant: those with all that is given. */
export interface PromptChoice {
  readonly version?: number | undefined
  readonly label?: string | undefined
}

/** A condition on versions of prompts (public-api contract §26.3); all conditions of a list must hold. */
export type PromptCondition =
  | {
      readonly type: 'string'
      readonly column: 'id' | 'name' | 'type'
      readonly operator: PromptTextOperator | 'is not empty'
      readonly value: string
    }
  | {
      readonly type: 'stringOptions'
      readonly column: 'id' | 'name' | 'type'
      readonly operator: 'any of' | 'none of'
      readonly value: readonly string[]
    }
  | {
      readonly type: 'number'
      readonly column: 'version'
      readonly operator: NumberOperator
      readonly value: number
    }
  | {
      readonly type: 'datetime'
      readonly column: 'createdAt' | 'updatedAt'
      readonly operator: '>' | '<' | '>=' | '<='
      /** Milliseconds since the epoch. */
      readonly value: number
    }
  | {
      readonly type: 'arrayOptions'
      readonly column: 'labels' | 'tags'
      readonly operator: 'any of' | 'none of' | 'all of'
      readonly value: readonly string[]
    }
  | {
      readonly type: 'stringObject'
      readonly column: 'config'
      readonly key: string
      readonly operator: PromptTextOperator | 'is set' | 'is not set'
      readonly value: string
    }

/** `=` respects case; the others search without it, and `%`, `_` and backslash mean what they do in LIKE. */
export type PromptTextOperator = '=' | 'contains' | 'does not contain' | 'starts with' | 'ends with'

/** A name with what its versions that fit a search have in common or between them. */
export interface PromptSummary {
  readonly name: string
  readonly type: PromptType
  /** Ascending. */
  readonly versions: readonly number[]
  /** Sorted, each once. */
  readonly labels: readonly string[]
  readonly tags: readonly string[]
  /** Milliseconds since the epoch. */
  readonly lastUpdatedAt: number
  /** JSON text: that of the newest version that fits. */
  readonly lastConfig: string
}

/** A version as the graph of dependencies names it. */
export interface PromptNode {
  readonly id: string
  readonly name: string
  readonly version: number
}

/** Which versions took part when references were replaced: by the id of each, those it refers to. */
export interface PromptGraph {
  readonly root: PromptNode
  readonly dependencies: Readonly<Record<string, readonly PromptNode[]>>
}

/** A prompt whose references are replaced; no graph where there were none. */
export interface ResolvedPrompt extends Prompt {
  readonly graph: PromptGraph | undefined
}

/** Finds the id of a stored version, for the observations that say they used it. */
export interface PromptFinder {
  find(projectId: ProjectId, name: string, version: number): Promise<string | undefined>
}

export function isPlaceholder(message: PromptMessage): message is PlaceholderMessage {
  return 'type' in message && message.type === 'placeholder'
}
