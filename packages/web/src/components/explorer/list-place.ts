import { type QueryClient, queryOptions, skipToken, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { CellFocus } from '#components/data-table/use-table-keys.ts'
import type { Interval } from '#search/time-range.ts'

/** Where the viewer of a list was when they left it. */
export interface ListPlace {
  readonly focus: CellFocus | undefined
  readonly scrollTop: number
  /** What was asked for: a rolling range goes on meanwhile, and its rows would be others. */
  readonly t: string | undefined
  readonly interval: Interval
}

const PLACES = 'list-place'
const placeQuery = (entry: string) =>
  queryOptions<ListPlace>({ queryKey: [PLACES, entry], queryFn: skipToken, structuralSharing: false })

/** Keeps the place of an entry of the history as long as the page is open: some read a trace for an hour. */
export function keepPlace(client: QueryClient, entry: string, place: ListPlace): void {
  client.setQueryDefaults([PLACES], { gcTime: Number.POSITIVE_INFINITY })
  client.setQueryData(placeQuery(entry).queryKey, place)
}

export const placeAt = (client: QueryClient, entry: string): ListPlace | undefined =>
  client.getQueryData(placeQuery(entry).queryKey)

/**
 * The place to return to; undefined for a list that is opened anew, and for good once another question than the first
 * is asked: its rows are others, even where the same is asked again.
 */
export function useReturn(question: string): ListPlace | undefined {
  const client = useQueryClient()
  const { latestLocation } = useRouter()
  const [first] = useState(question)
  const [place, setPlace] = useState(() => placeAt(client, latestLocation.state.__TSR_key ?? ''))
  if (place && question !== first) setPlace(undefined)
  return question === first ? place : undefined
}

interface Left extends Omit<ListPlace, 'scrollTop'> {
  /** Holds the table. */
  readonly box: RefObject<HTMLElement | null>
}

/** Remembers the place when the list is left. */
export function useLeave({ box, ...left }: Left): void {
  const client = useQueryClient()
  const router = useRouter()
  const [{ pathname }] = useState(() => router.latestLocation)
  const latest = useRef({ entry: '', left })
  useEffect(() => {
    const { latestLocation } = router
    // Whoever leaves is on their way to another address while this one is still drawn.
    const isHere = latestLocation.pathname === pathname
    latest.current = { entry: isHere ? (latestLocation.state.__TSR_key ?? '') : latest.current.entry, left }
  })
  useLayoutEffect(
    () => () => {
      const { entry, left: now } = latest.current
      const { scrollTop = 0 } = box.current?.querySelector('[role="grid"]') ?? {}
      keepPlace(client, entry, { ...now, scrollTop })
    },
    [box, client],
  )
}
