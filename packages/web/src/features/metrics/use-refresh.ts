import { useEffect, useState } from 'react'
import { parseTimeRange } from '#search/time-range.ts'

const LEAST_MS = 5000

/** Grows with every step, of five seconds at least, while the range rolls on and the page is seen. */
export function useRefresh(range: string, stepMs: number): number {
  const [version, setVersion] = useState(0)
  const isRolling = parseTimeRange(range)?.kind !== 'fixed'
  useEffect(() => {
    if (!isRolling) return undefined
    const timer = setInterval(
      () => {
        if (document.visibilityState === 'visible') setVersion((earlier) => earlier + 1)
      },
      Math.max(stepMs, LEAST_MS),
    )
    return () => clearInterval(timer)
  }, [isRolling, stepMs])
  return version
}
