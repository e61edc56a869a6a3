import { QueryClient } from '@tanstack/react-query'
import { ApiError } from './api-error.ts'
import { limitPayloads } from './payload-memory.ts'

const MAX_RETRIES = 2

/** What is asked again by itself: what may pass, twice; never what the request itself is to blame for. */
export function createQueryClient(): QueryClient {
  const client = new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        retry: (failures, error) => failures < MAX_RETRIES && !(error instanceof ApiError && !error.isPassing),
        refetchOnWindowFocus: false,
      },
    },
  })
  limitPayloads(client.getQueryCache())
  return client
}
