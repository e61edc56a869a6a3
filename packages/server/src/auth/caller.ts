import type { OrganizationId, ProjectId } from '#domain/ids.ts'

/** What a credential may do: everything in its project, or write scores only (`Bearer <publicKey>`). */
export type Scope = 'project' | 'scores'

/** Who sent a request, once the credential was checked. */
export interface Caller {
  readonly projectId: ProjectId
  readonly scope: Scope
  /** True for the bearer token of the process, which may also read operational figures. */
  readonly isToken: boolean
  /** Public key of the pair, or `token`; safe to log and to store. */
  readonly publicKey: string
}

/** Who sent a request with the key of an organization: such a key administers projects and opens none. */
export interface OrganizationCaller {
  readonly organizationId: OrganizationId
  /** Safe to log. */
  readonly publicKey: string
}

/** Why a request has no caller; each error family words it in its own way (langfuse-ingestion contract §1). */
export type AuthFailure = 'missing' | 'scheme' | 'credentials' | 'public_key'

export type AuthResult =
  | { readonly caller: Caller }
  | { readonly organization: OrganizationCaller }
  | { readonly failure: AuthFailure }

export interface Authenticator {
  /** Checks an `Authorization` header (undefined when absent). @throws AppError `unavailable` when the catalogue can't be read */
  authenticate(authorization: string | undefined): Promise<AuthResult>
}
