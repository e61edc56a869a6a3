import { type UiOthersSignedOutDto, UiPasswordBody } from '@xtrace/contract'
import type { Passwords } from '#auth/passwords.ts'
import type { Session } from '#auth/sessions.ts'
import type { User } from '#catalog/users.ts'
import { AppError } from '#domain/errors.ts'
import { jsonBody } from '#http/json-body.ts'
import type { Route } from '#http/route.ts'
import { type UiRequest, uiGlobalRoute } from '#http/ui-route.ts'
import { createRateLimiter } from '#lib/rate-limit.ts'
import type { Logger } from '#telemetry/logger.ts'

export interface AccountRouteDeps {
  readonly passwords: Passwords
  readonly logger: Logger
}

/** Guesses of a present password, of one user: five at once, then one in half a minute. */
const LIMIT = { qps: 1 / 30, burst: 5 }

/** What people change about themselves: their password, and where else they are signed in. */
export const accountRoutes = (deps: AccountRouteDeps): Route[] => [passwordRoute(deps), othersRoute(deps)]

function passwordRoute({ passwords, logger }: AccountRouteDeps): Route {
  const limiter = createRateLimiter(LIMIT)
  return uiGlobalRoute({
    method: 'PUT',
    path: '/account/password',
    summary: "Change one's own password; other browsers are signed out",
    handle: async (request) => {
      const session = ofUser(request.session)
      const change = UiPasswordBody.parse(await jsonBody(request))
      const verdict = limiter.take(session.user.id)
      if (!verdict.allowed) throw tooMany(verdict.retryAfterSeconds)
      const outcome = await passwords.change(session, change)
      const audit = auditOf(request, session.user)
      switch (outcome.kind) {
        case 'wrong':
          logger.warn({ audit: 'password_change_refused', ...audit }, 'Refused to change a password')
          throw new AppError('forbidden', 'The present password is wrong')
        case 'settled':
          throw new AppError(
            'conflict',
            'The settings of the server name this password (LANGFUSE_INIT_USER_PASSWORD); change it there',
          )
        case 'changed':
          logger.info({ audit: 'password_change', others: outcome.others, ...audit }, 'Changed a password')
          return { body: { others: outcome.others } satisfies UiOthersSignedOutDto }
      }
    },
  })
}

function othersRoute({ passwords, logger }: AccountRouteDeps): Route {
  return uiGlobalRoute({
    method: 'DELETE',
    path: '/account/other-sessions',
    summary: 'Sign out all other browsers of this user',
    handle: async (request) => {
      const session = ofUser(request.session)
      const others = await passwords.signOutOthers(session)
      logger.info({ audit: 'sign_out_others', others, ...auditOf(request, session.user) }, 'Signed out other browsers')
      return { body: { others } satisfies UiOthersSignedOutDto }
    },
  })
}

/** @throws AppError `bad_request` for the session of the token, which is nobody's */
function ofUser({ user, ...session }: Session): Session & { readonly user: User } {
  if (!user) throw new AppError('bad_request', 'The token signed in, which is no user; change it in the settings')
  return { ...session, user }
}

function tooMany(seconds: number): AppError {
  const retryAfter = Math.max(1, Math.ceil(seconds))
  return new AppError('too_many_requests', `Too many attempts to change the password; wait ${retryAfter} s`, {
    retryAfter,
  })
}

const auditOf = ({ remoteAddress, requestId }: UiRequest<unknown, unknown>, user: User) => ({
  userId: user.id,
  remoteAddress,
  requestId,
})
