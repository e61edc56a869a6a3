import { useEffect, useState } from 'react'
import type { TraceModel } from './trace-model.ts'

/** Below this many nodes nothing is worth waiting for. */
const SMALL = 2000

/**
 * Something computed from the model that the first paint need not wait for: at once for a small trace, and else when
 * the browser has nothing to do. `compute` MUST be the same function at every call.
 */
export function useLater<T>(model: TraceModel, compute: (model: TraceModel) => T): T | undefined {
  const isSmall = model.tree.nodeCount < SMALL
  const [done, setDone] = useState<{ readonly of: TraceModel; readonly value: T }>()
  useEffect(() => {
    if (isSmall) return undefined
    const timer = setTimeout(() => setDone({ of: model, value: compute(model) }), AFTER_PAINT_MS)
    return () => clearTimeout(timer)
  }, [model, compute, isSmall])
  return isSmall ? compute(model) : done?.value
}

const AFTER_PAINT_MS = 100
