import { useMemo } from 'react'
import { latest, latestOfPage } from '#search/latest.ts'
import { type Interval, intervalOf } from '#search/time-range.ts'
import { useSharedSearch } from './use-shared-search.ts'

/**
 * The time range of the page as instants. A rolling one stands still until the range, or `version`, changes: a list
 * does not slip away under its reader.
 */
export function useInterval(version = 0): Interval {
  const { range } = useSharedSearch()
  return useMemo(() => intervalOf(range, version > 0 ? latest() : latestOfPage()), [range, version])
}
