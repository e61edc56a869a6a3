/** How a list of pages is gone on with. Pure. */

/** What an infinite query tells of its pages. */
export interface PagedList {
  readonly data: unknown
  readonly error: unknown
  readonly fetchStatus: 'fetching' | 'paused' | 'idle'
  readonly hasNextPage: boolean
  /** The failure is of the next page, and not of those that were read before. */
  readonly isFetchNextPageError: boolean
  refetch(): unknown
  fetchNextPage(options?: { readonly cancelRefetch?: boolean }): unknown
}

/**
 * Reads the next page unasked, once for all who want it. Undefined where there is none, while anything is being read,
 * and after a failure, until somebody tries again: what fails at once would be asked for without end.
 */
export function readOnOf(list: PagedList): (() => void) | undefined {
  const { hasNextPage, fetchStatus, error } = list
  if (!hasNextPage || fetchStatus !== 'idle' || error) return undefined
  return () => void list.fetchNextPage({ cancelRefetch: false })
}

/** Asks again for what failed alone: the next page, or all that there are. */
export function retry(list: PagedList): void {
  if (list.isFetchNextPageError) list.fetchNextPage()
  else list.refetch()
}

/** Why the rows that are there are not all, or not new. */
export const failureText = ({ error, isFetchNextPageError }: PagedList): string =>
  `Could not read ${isFetchNextPageError ? 'on' : 'anew'}: ${error instanceof Error ? error.message : String(error)}`
