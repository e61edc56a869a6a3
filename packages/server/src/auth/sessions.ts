/**
 * Who is signed in to the web interface, and what they may open. A session belongs to a user, who may open
 * what their memberships say, or to the token of the process, which stands for an owner of the organization
 * that the settings name: whoever reads it can read the whole data folder.
 */
import { createHmac } from 'node:crypto'
import type { BrowserSession, BrowserSessions, Principal } from '#catalog/browser-sessions.ts'
import type { Role } from '#catalog/members.ts'
import type { AccessibleProject, ProjectAccess } from '#catalog/project-access.ts'
import type { Projects } from '#catalog/projects.ts'
import { sameHash } from '#catalog/secret-hash.ts'
import type { User, Users } from '#catalog/users.ts'
import type { OrganizationId } from '#domain/ids.ts'
import { createTokenCheck } from './authenticator.ts'
import { verifyPassword } from './password.ts'

/** What a person types to sign in. */
export type SignIn = { readonly email: string; readonly password: string } | { readonly token: string }

/** A browser that is signed in. */
export interface Session {
  readonly id: string
  /** Undefined for the session of the token. */
  readonly user: User | undefined
  /** What requests that change something carry to show that our own page sent them. */
  readonly csrfToken: string
}

interface SignedIn {
  readonly session: Session
  /** For the cookie. */
  readonly secret: string
}

export interface Sessions {
  /** Undefined when the password or token is wrong. */
  signIn(credentials: SignIn): Promise<SignedIn | undefined>
  /** The session of a cookie; undefined when it has ended. */
  find(secret: string): Promise<Session | undefined>
  /** A new secret for the cookie when the present one is a day old. */
  renew(secret: string): Promise<string | undefined>
  signOut(session: Session): Promise<void>
  /** The projects that it may open, oldest first. */
  projects(session: Session): Promise<readonly AccessibleProject[]>
  /** One of them; undefined for any other id. */
  project(session: Session, projectId: string): Promise<AccessibleProject | undefined>
  /** Whether it may see how the process fares: the token, owners and administrators of the settings' organization. */
  isOperator(session: Session): Promise<boolean>
}

export interface SessionsOptions {
  readonly browserSessions: BrowserSessions
  readonly users: Pick<Users, 'byId' | 'findForSignIn'>
  readonly projects: Pick<Projects, 'ofOrganization' | 'findOwned'>
  readonly projectAccess: ProjectAccess
  readonly members: { find(organizationId: OrganizationId, userId: string): Promise<{ role: Role } | undefined> }
  /** The bearer token of the process. */
  readonly token: string
  /** The organization that the settings name. */
  readonly organizationId: OrganizationId
  /** Under which the tokens against forged requests are made. */
  readonly csrfKey: Uint8Array
  readonly now?: () => number
}

const RENEW_AFTER_MS = 24 * 60 * 60 * 1000

/** Of no password: compared with when there is no such user, so that the time taken tells nothing. */
const NOBODYS_PASSWORD = `scrypt$ln=15,r=8,p=3$${'A'.repeat(22)}$${'A'.repeat(43)}`

export function createSessions(options: SessionsOptions): Sessions {
  const { browserSessions, now = Date.now } = options
  const identify = createIdentify(options)
  const tokenHash = browserSessions.hashToken(options.token)
  const toSession = async (stored: BrowserSession): Promise<Session | undefined> => {
    const csrfToken = createHmac('sha256', options.csrfKey).update(stored.id).digest('base64url')
    if (stored.tokenHash !== null)
      return sameHash(stored.tokenHash, tokenHash) ? { id: stored.id, user: undefined, csrfToken } : undefined
    const user = stored.userId === null ? undefined : await options.users.byId(stored.userId)
    return user && { id: stored.id, user, csrfToken }
  }
  return {
    ...createAccess(options),
    signIn: async (credentials) => {
      const identified = await identify(credentials)
      if (!identified) return undefined
      const opened = await browserSessions.open(identified.principal)
      // Whoever changes a password ends the sessions after it has changed: one that was opened meanwhile, under the
      // password before, is among those or meets the new password here.
      if (!(await identified.stillHolds())) {
        await browserSessions.close(opened.session.id)
        return undefined
      }
      const session = await toSession(opened.session)
      return session && { session, secret: opened.secret }
    },
    find: async (secret) => {
      const stored = await browserSessions.find(secret)
      return stored && (await toSession(stored))
    },
    renew: async (secret) => {
      const stored = await browserSessions.find(secret)
      if (!stored || stored.renewedAt > now() - RENEW_AFTER_MS) return undefined
      return (await browserSessions.renew(stored))?.secret
    },
    signOut: ({ id }) => browserSessions.close(id),
  }
}

interface Identified {
  readonly principal: Principal
  /** Whether what was typed is right to this moment. */
  stillHolds(): Promise<boolean>
}

function createIdentify({ users, token }: SessionsOptions): (credentials: SignIn) => Promise<Identified | undefined> {
  const isToken = createTokenCheck(token)
  return async (credentials) => {
    if ('token' in credentials) {
      const principal: Principal = { kind: 'token', token: credentials.token }
      return isToken(credentials.token) ? { principal, stillHolds: async () => true } : undefined
    }
    const email = credentials.email.trim()
    const found = await users.findForSignIn(email)
    const isRight = await verifyPassword(credentials.password, found?.passwordHash ?? NOBODYS_PASSWORD)
    if (!isRight || !found || found.passwordHash === null) return undefined
    return {
      principal: { kind: 'user', userId: found.user.id },
      stillHolds: async () => (await users.findForSignIn(email))?.passwordHash === found.passwordHash,
    }
  }
}

function createAccess(options: SessionsOptions): Pick<Sessions, 'projects' | 'project' | 'isOperator'> {
  const { organizationId, projects, projectAccess, members } = options
  return {
    projects: async ({ user }) => {
      if (user) return await projectAccess.ofUser(user.id)
      const newestFirst = await projects.ofOrganization(organizationId)
      return newestFirst.reverse().map((project) => ({ project, role: 'OWNER' }))
    },
    project: async ({ user }, id) => {
      if (user) return await projectAccess.find(user.id, id)
      const project = await projects.findOwned(organizationId, id)
      return project && { project, role: 'OWNER' }
    },
    isOperator: async ({ user }) => {
      if (!user) return true
      const role = (await members.find(organizationId, user.id))?.role
      return role === 'OWNER' || role === 'ADMIN'
    },
  }
}
