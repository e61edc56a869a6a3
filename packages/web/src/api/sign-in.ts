import { SessionInfoDto, type SignInBody } from '@xtrace/contract'
import { call } from './client.ts'
import { csrfToken, signInWait } from './credentials.ts'
import { SESSION_PATH } from './paths.ts'

/** Keeps what later requests carry. */
export function keepSession(info: SessionInfoDto): SessionInfoDto {
  csrfToken.set(info.csrfToken)
  return info
}

/** @throws ApiError 401 for wrong credentials, 429 for too many attempts */
export async function signIn(body: SignInBody): Promise<SessionInfoDto> {
  const info = keepSession(await call(SESSION_PATH, { method: 'POST', body, answer: SessionInfoDto, isSignIn: true }))
  signInWait.get()?.resolve()
  return info
}
