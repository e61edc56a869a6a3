import { queryOptions } from '@tanstack/react-query'
import { SessionInfoDto, SignedOutDto } from '@xtrace/contract'
import { call } from './client.ts'
import { SESSION_PATH } from './paths.ts'
import { keepSession } from './sign-in.ts'

/** Who is signed in. @throws ApiError with status 401 when nobody is */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async ({ signal }) =>
    keepSession(await call(SESSION_PATH, { answer: SessionInfoDto, signal, isSignIn: true })),
  staleTime: 5 * 60_000,
})

export async function signOut(): Promise<void> {
  await call(SESSION_PATH, { method: 'DELETE', answer: SignedOutDto })
}
