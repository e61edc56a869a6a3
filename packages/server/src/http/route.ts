/**
 * A route is data: where it answers, who may call, what it takes and gives, and the function that
 * does it. http/server.ts turns the list into a Hono app; http/openapi.ts turns the same list into
 * the OpenAPI document, so that the two can't differ.
 */

import type { z } from '@xtrace/contract'
import type { Caller, OrganizationCaller } from '#auth/caller.ts'
import type { Session } from '#auth/sessions.ts'
import { AppError, type ErrorCode } from '#domain/errors.ts'
import type { OrganizationId } from '#domain/ids.ts'

/**
 * How errors are worded (public-api contract §1.4, xtrace-native contract §2):
 * `langfuse` {message, error} · `prompts` the same, for failures of the credentials too · `ingestion` the envelope's
 * own · `otlp` {error} · `native` {message, code} · `projects` {message} · `organizations` {error} · `scim` RFC 7644 ·
 * `unstable` {message, code, details?} · `evaluation` the same with the codes of the table alone · `mcp` {error, code}.
 */
export type ErrorFamily =
  | 'langfuse'
  | 'prompts'
  | 'ingestion'
  | 'otlp'
  | 'native'
  | 'projects'
  | 'organizations'
  | 'scim'
  | 'unstable'
  | 'evaluation'
  | 'mcp'

/**
 * `none` no credential · `project` key pair or token · `scores` also `Bearer <publicKey>` · `token` the bearer token
 * only · `organization` the key pair of an organization only · `session` the cookie of the web interface, for the
 * project in the path if there is one.
 */
export type Access = 'none' | 'project' | 'scores' | 'token' | 'organization' | 'session'

/** What a session may do in a project; each may do what those after it may. */
export type SessionRole = 'OWNER' | 'ADMIN' | 'MEMBER' | 'VIEWER'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** What a handler gets. `query` and `params` have passed the route's schemas. */
export interface RouteRequest<Query, Params> {
  /** Only on routes whose access is `none` or `organization` is this a caller without rights; see `Route.access`. */
  readonly caller: Caller
  /** Whose key it is, on routes whose access is `organization`; see `organizationRoute`. */
  readonly organization?: OrganizationCaller
  /** Who is signed in, on routes whose access is `session`; see `uiRoute`. */
  readonly session?: Session
  /** What the session may do in the project of the path. */
  readonly role?: SessionRole
  /** Address of the other end of the connection, which may be a proxy's; undefined in-process. */
  readonly remoteAddress?: string | undefined
  readonly params: Params
  readonly query: Query
  /** A request header, found under its hyphen or underscore spelling; names are case-insensitive. */
  header(name: string): string | undefined
  /** The whole body, inflated. @throws AppError `payload_too_large` past the bound, `bad_request` when it can't be inflated */
  bytes(): Promise<Uint8Array>
  /** The body as text. @throws as `bytes`, and `bad_request` for invalid UTF-8 */
  text(): Promise<string>
  /** The body as it comes in, not inflated, instead of `bytes` and once; whoever reads it MUST bound it. */
  stream(): AsyncIterable<Uint8Array>
  /** The whole URL, with the host that the request names. */
  readonly url: string
  readonly requestId: string
  readonly signal: AbortSignal
  /** Milliseconds since the epoch at which the request arrived. */
  readonly receivedAt: number
}

/** What a handler gives back: `body` is printed by lib/json (JsonText inside goes out untouched); bytes and streams of them go out as they are. */
export interface Reply {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
}

export type ContentTypes = string | readonly string[]

export interface RouteDoc {
  readonly operationId: string
  readonly tag: string
  readonly summary: string
  readonly description?: string
  /** Schema of the JSON body, for the document; the handler parses. */
  readonly body?: z.ZodType
  /** Content type of a body that is not JSON, or several: the schema is then of JSON alone. */
  readonly bodyType?: ContentTypes
  /** Content type of answers that are not JSON, or several, as `bodyType`. */
  readonly responseType?: ContentTypes
  /** Status → schema of the answer; the error family's answers are added by themselves. */
  readonly responses: Readonly<Record<number, z.ZodType | undefined>>
  /** Failures beyond those that follow from what the route asks for: `not_found` of something that a body names, `conflict`. */
  readonly failures?: readonly ErrorCode[]
}

export interface Route<Query = unknown, Params = unknown> {
  readonly method: Method
  /** Hono path: `/api/public/traces/:traceId`. */
  readonly path: string
  readonly access: Access
  readonly errors: ErrorFamily
  /** Also for the admin key, in the project that the request names (public-api contract §1.3). */
  readonly takesAdminKey?: boolean
  /** Reads of API clients: the read limiter applies, and the answer waits for the writer (read your writes). */
  readonly isRead?: boolean
  /** Reads that no limiter may starve (GET /api/public/projects). */
  readonly isUnlimited?: boolean
  /** Not for outsiders: kept out of the OpenAPI document, as routes of sessions are. */
  readonly isInternal?: boolean
  /** Of `session` routes: the least that may call; VIEWER for GET and MEMBER for the rest when absent. */
  readonly minRole?: SessionRole
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

/** A request that came with an organization's key. */
export type OrganizationRequest<Query, Params> = Omit<RouteRequest<Query, Params>, 'caller' | 'organization'> & {
  readonly organizationId: OrganizationId
}

interface OrganizationRoute<Query, Params> extends Omit<Route<Query, Params>, 'access' | 'handle'> {
  handle(request: OrganizationRequest<Query, Params>): Promise<Reply> | Reply
}

/** A route for the keys of organizations; its handler sees the organization and no project. */
export function organizationRoute<Query, Params>(definition: OrganizationRoute<Query, Params>): Route {
  return route<Query, Params>({
    ...definition,
    access: 'organization',
    handle: ({ organization, ...request }) => {
      if (!organization) throw new AppError('internal', `${definition.path} was reached without an organization`)
      return definition.handle({ ...request, organizationId: organization.organizationId })
    },
  })
}
