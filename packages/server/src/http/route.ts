/**
 * A route is data: where it answers, who may call, what it takes and gives, and the function that
 * does it. http/server.ts turns the list into a Hono app; http/openapi.ts turns the same list into
 * the OpenAPI document, so that the two can't differ.
 */

import type { z } from '@xtrace/contract'
import type { Caller } from '#auth/caller.ts'

/**
 * How errors are worded (public-api contract §1.4, xtrace-native contract §2):
 * `langfuse` {message, error} · `ingestion` the envelope's own · `otlp` {error} · `native` {message, code} ·
 * `projects` {message}.
 */
export type ErrorFamily = 'langfuse' | 'ingestion' | 'otlp' | 'native' | 'projects'

/** `none` no credential · `project` key pair or token · `scores` also `Bearer <publicKey>` · `token` the bearer token only. */
export type Access = 'none' | 'project' | 'scores' | 'token'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** What a handler gets. `query` and `params` have passed the route's schemas. */
export interface RouteRequest<Query, Params> {
  /** Only on routes whose access is `none` may this be a caller without rights; see `Route.access`. */
  readonly caller: Caller
  readonly params: Params
  readonly query: Query
  /** A request header, found under its hyphen or underscore spelling; names are case-insensitive. */
  header(name: string): string | undefined
  /** The whole body, inflated. @throws AppError `payload_too_large` past the bound, `bad_request` when it can't be inflated */
  bytes(): Promise<Uint8Array>
  /** The body as text. @throws as `bytes`, and `bad_request` for invalid UTF-8 */
  text(): Promise<string>
  readonly requestId: string
  readonly signal: AbortSignal
  /** Milliseconds since the epoch at which the request arrived. */
  readonly receivedAt: number
}

/** What a handler gives back: `body` is printed by lib/json (JsonText inside goes out untouched); bytes go out as they are. */
export interface Reply {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
}

export interface RouteDoc {
  readonly operationId: string
  readonly tag: string
  readonly summary: string
  readonly description?: string
  /** Schema of the JSON body, for the document; the handler parses. */
  readonly body?: z.ZodType
  /** Content type of a body that is not JSON. */
  readonly bodyType?: string
  /** Content type of answers that are not JSON. */
  readonly responseType?: string
  /** Status → schema of the answer; the error family's answers are added by themselves. */
  readonly responses: Readonly<Record<number, z.ZodType | undefined>>
}

export interface Route<Query = unknown, Params = unknown> {
  readonly method: Method
  /** Hono path: `/api/public/traces/:traceId`. */
  readonly path: string
  readonly access: Access
  readonly errors: ErrorFamily
  /** Reads of API clients: the read limiter applies, and the answer waits for the writer (read your writes). */
  readonly isRead?: boolean
  /** Reads that no limiter may starve (GET /api/public/projects). */
  readonly isUnlimited?: boolean
  readonly query?: z.ZodType<Query>
  /** Query parameters whose empty value is not the same as none. */
  readonly emptiable?: readonly string[]
  readonly params?: z.ZodType<Params>
  readonly doc: RouteDoc
  handle(request: RouteRequest<Query, Params>): Promise<Reply> | Reply
}

/** Gives a route its types from its schemas, then forgets them so that routes of all kinds fit one list. */
export function route<Query, Params>(definition: Route<Query, Params>): Route {
  return definition
}
