/**
 * A tool of the MCP server is data: a name and a sentence for a model to choose it by, and the
 * operation of the HTTP API that does it. So that a tool can do nothing that its route does not,
 * with the same checks and the same answers, tools have no handlers of their own.
 */
import type { z } from '@xtrace/contract'

export interface Tool {
  readonly name: string
  readonly description: string
  /** `operationId` of the route. */
  readonly operation: string
  /** Schema of the body where the route's own is not one object. */
  readonly body?: z.ZodType
  /** Conditions that the query parameter `filter` takes, where they are not those of the filter language. */
  readonly filter?: z.ZodType
  /** Fields of the body that the tool stands for; a caller can not give them. */
  readonly preset?: Readonly<Record<string, unknown>>
  /** The one query parameter whose JSON the arguments are, and their schema. */
  readonly json?: { readonly parameter: string; readonly schema: z.ZodType }
}
