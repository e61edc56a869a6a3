import { useMemo } from 'react'
import { type Interval, intervalOf } from '#search/time-range.ts'
import { useSharedSearch } from './use-shared-search.ts'

/** To which a rolling range is rounded up, so that what was read stays good for a moment. */
const STEP_MS = 10_000

const latest = () => Math.ceil(Date.now() / STEP_MS) * STEP_MS

/**
 * The time range of the page as instants. A rolling one stands still until the range, or `version`, changes: a list
 * does not slip away under its reader.
 */
export function useInterval(version = 0): Interval {
  const { range } = useSharedSearch()
  return useMemo(() => (version >= 0 ? intervalOf(range, latest()) : intervalOf(range, 0)), [range, version])
}
