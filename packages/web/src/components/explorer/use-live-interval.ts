import { useEffect, useRef, useState } from 'react'
import { type Interval, rolledOn } from '#search/time-range.ts'

/** How often rows are counted anew while they come in. */
const PACE_MS = 5000

interface LiveNews {
  readonly isOn: boolean
  /** Counts the times that rows came in. */
  readonly news: number
}

/** The interval, rolled on to now after rows came in by themselves: the list has them already, the counts follow. */
export function useLiveInterval(interval: Interval, { isOn, news }: LiveNews): Interval {
  const [rolled, setRolled] = useState({ interval, news: 0, toMs: interval.toMs })
  const latest = useRef(news)
  useEffect(() => {
    latest.current = news
  })
  useEffect(() => {
    if (!isOn) return undefined
    const timer = setInterval(() => {
      const toMs = Date.now()
      setRolled((earlier) =>
        earlier.interval === interval && earlier.news === latest.current
          ? earlier
          : { interval, news: latest.current, toMs: latest.current === 0 ? interval.toMs : toMs },
      )
    }, PACE_MS)
    return () => clearInterval(timer)
  }, [isOn, interval])
  return isOn && rolled.interval === interval ? rolledOn(interval, rolled.toMs) : interval
}
