import { queryOptions } from '@tanstack/react-query'
import { SessionInfoDto, SignedOutDto, type SignInBody } from '@xtrace/contract'
import { call } from './client.ts'
import { csrfToken, signInWait } from './credentials.ts'

const PATH = '/api/ui/session'

function kept(info: SessionInfoDto): SessionInfoDto {
  csrfToken.set(info.csrfToken)
  return info
}

/** Who is signed in. @throws ApiError with status 401 when nobody is */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async ({ signal }) => kept(await call(PATH, { answer: SessionInfoDto, signal, isSignIn: true })),
  staleTime: 5 * 60_000,
})

/** @throws ApiError 401 for wrong credentials, 429 for too many attempts */
export async function signIn(body: SignInBody): Promise<SessionInfoDto> {
  const info = kept(await call(PATH, { method: 'POST', body, answer: SessionInfoDto, isSignIn: true }))
  signInWait.get()?.resolve()
  return info
}

export async function signOut(): Promise<void> {
  await call(PATH, { method: 'DELETE', answer: SignedOutDto })
}
