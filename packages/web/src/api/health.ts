import { queryOptions } from '@tanstack/react-query'
import { Readiness } from '@xtrace/contract'
import { call } from './client.ts'

/** Whether the storage answers, asked every half minute. */
export const readinessQuery = queryOptions({
  queryKey: ['readiness'],
  queryFn: async ({ signal }) => await call('/readyz', { answer: Readiness, signal, isSignIn: true }),
  refetchInterval: 30_000,
  retry: false,
})
