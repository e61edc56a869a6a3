import { useEffect, useState } from 'react'

/** True once a frame has been painted in which it was ready: what is looked at first comes before what it can do without. */
export function useAfterPaint(isReady: boolean): boolean {
  const [isPainted, setPainted] = useState(false)
  useEffect(() => {
    if (!isReady) return undefined
    let task = 0
    const frame = requestAnimationFrame(() => {
      task = window.setTimeout(() => setPainted(true))
    })
    return () => {
      cancelAnimationFrame(frame)
      clearTimeout(task)
    }
  }, [isReady])
  return isReady && isPainted
}
