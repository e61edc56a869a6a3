import { queryOptions, skipToken, useQueryClient } from '@tanstack/react-query'
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

/** Kept as long as the rows themselves, by entry of the history. */
const placeQuery = (entry: string) =>
  queryOptions<ListPlace>({ queryKey: ['list-place', entry], queryFn: skipToken, structuralSharing: false })

/** The place to return to; undefined for a list that is opened anew. */
export function useReturn(): ListPlace | undefined {
  const client = useQueryClient()
  const { latestLocation } = useRouter()
  const [place] = useState(() => client.getQueryData(placeQuery(latestLocation.state.__TSR_key ?? '').queryKey))
  return place
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
      client.setQueryData(placeQuery(entry).queryKey, { ...now, scrollTop })
    },
    [box, client],
  )
}
