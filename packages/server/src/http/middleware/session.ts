/**
 * Requests of the web interface: the session of the cookie, that our own page sent them, and what they may do in
 * the project that their path names. A cookie is sent by the browser whoever made the request, so that three
 * things stand against forged ones: `SameSite=Lax`, the browser's own word on where a request comes from, and a
 * token that only our page can read (docs/adr/005-browser-sessions.md).
 */
import { timingSafeEqual } from 'node:crypto'
import { parse, serialize } from 'hono/utils/cookie'
import type { Session, Sessions } from '#auth/sessions.ts'
import { AppError } from '#domain/errors.ts'
import { publicUrlOf } from '#http/public-url.ts'
import type { Route, RouteRequest, SessionRole } from '#http/route.ts'
import { type Identity, NOBODY } from './authenticate.ts'

export type RequestHead = Pick<RouteRequest<unknown, unknown>, 'url' | 'header'> & { readonly method: string }

export interface SessionDeps {
  readonly sessions: Pick<Sessions, 'find' | 'project'>
  /** Where clients reach this server, when it can't tell from their requests. */
  readonly publicUrl?: string | undefined
}

/** Prefixed where the browser enforces what the prefix promises: secure, this host only, all paths. */
const COOKIE = { secure: '__Host-xtrace', plain: 'xtrace' }
const COOKIE_MAX_AGE_SECONDS = 30 * 24 * 60 * 60

const RANKS: Record<SessionRole, number> = { VIEWER: 0, MEMBER: 1, ADMIN: 2, OWNER: 3 }

const isSafe = (method: string) => method === 'GET' || method === 'HEAD'

const isSecure = (head: RequestHead, publicUrl: string | undefined) => publicUrlOf(head, publicUrl).startsWith('https:')

/**
 * Who is signed in, with the caller that stands for them in the project `projectId`.
 * @throws AppError `unauthorized` without a session, `forbidden` for a request that another page sent or that the
 * role does not allow, `not_found` for a project that is not theirs
 */
export async function authenticateSession(
  route: Pick<Route, 'method' | 'minRole'>,
  { head, projectId }: { readonly head: RequestHead; readonly projectId: string | undefined },
  deps: SessionDeps,
): Promise<Identity> {
  refuseForeign(head, deps.publicUrl)
  const secret = sessionSecret(head, deps.publicUrl)
  const session = secret === undefined ? undefined : await deps.sessions.find(secret)
  if (!session) throw new AppError('unauthorized', 'Nobody is signed in')
  if (!isSafe(route.method)) refuseForged(head, session)
  if (projectId === undefined) return { caller: NOBODY, session }
  const found = await deps.sessions.project(session, projectId)
  if (!found) throw new AppError('not_found', 'There is no such project, or you are not a member of it')
  const needed = route.minRole ?? (isSafe(route.method) ? 'VIEWER' : 'MEMBER')
  if (RANKS[found.role] < RANKS[needed])
    throw new AppError('forbidden', `This needs the role ${needed}; yours in this project is ${found.role}`)
  const publicKey = session.user ? `user:${session.user.id}` : 'token'
  return {
    caller: { projectId: found.project.id, scope: 'project', isToken: false, publicKey },
    session,
    role: found.role,
  }
}

/** What the cookie holds. */
export function sessionSecret(head: RequestHead, publicUrl: string | undefined): string | undefined {
  const name = isSecure(head, publicUrl) ? COOKIE.secure : COOKIE.plain
  return parse(head.header('cookie') ?? '', name)[name]
}

/** The `Set-Cookie` of a session; without a secret the one that ends it. */
export function sessionCookie(head: RequestHead, publicUrl: string | undefined, secret?: string): string {
  const secure = isSecure(head, publicUrl)
  return serialize(secure ? COOKIE.secure : COOKIE.plain, secret ?? '', {
    path: '/',
    httpOnly: true,
    // A page that a link of another site opens comes with the cookie; no other request of that site does.
    sameSite: 'Lax',
    secure,
    maxAge: secret === undefined ? 0 : COOKIE_MAX_AGE_SECONDS,
  })
}

/**
 * Refuses what a page of another origin sent, another port of this host included, for which SameSite is no wall.
 * Browsers say so in Sec-Fetch-Site, and where that is missing (plain http on other hosts) in Origin.
 * @throws AppError `forbidden`
 */
export function refuseForeign(head: RequestHead, publicUrl: string | undefined): void {
  const site = head.header('sec-fetch-site')
  const origin = head.header('origin')
  const isOwn = site === undefined ? isOwnOrigin(head, publicUrl, origin) : isOwnSite(site, head.method)
  if (!isOwn) throw new AppError('forbidden', `This comes from ${origin ?? 'another site'}, not from xtrace's own page`)
}

/** `none`: the address was typed, or is a bookmark. */
const isOwnSite = (site: string, method: string) => site === 'same-origin' || (site === 'none' && isSafe(method))

function isOwnOrigin(head: RequestHead, publicUrl: string | undefined, origin: string | undefined): boolean {
  return origin === undefined || origin === new URL(publicUrlOf(head, publicUrl)).origin
}

function refuseForged(head: RequestHead, { csrfToken }: Session): void {
  const sent = Buffer.from(head.header('x-xtrace-csrf') ?? '')
  const expected = Buffer.from(csrfToken)
  if (sent.length !== expected.length || !timingSafeEqual(sent, expected))
    throw new AppError('forbidden', 'The header X-Xtrace-Csrf is missing or wrong; reload the page')
}
