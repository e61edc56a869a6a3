import type { SkeletonDto } from '@xtrace/contract'
import { useEffect, useMemo, useState } from 'react'
import { buildModel, type TraceModel } from './trace-model.ts'

/** How often running bars grow; large traces less often. */
const TICK_MS = 1000
const LARGE_TICK_MS = 10_000
const LARGE = 5000

/** The model of an answer; made anew every second while something runs. */
export function useTraceModel(dto: SkeletonDto): TraceModel {
  const [nowMs, setNow] = useState(Date.now)
  const model = useMemo(() => buildModel(dto, Math.max(nowMs, dto.startMs)), [dto, nowMs])
  const tickMs = dto.nodes.id.length > LARGE ? LARGE_TICK_MS : TICK_MS
  useEffect(() => {
    if (!model.isRunning) return undefined
    const timer = setInterval(() => {
      if (!document.hidden) setNow(Date.now())
    }, tickMs)
    return () => clearInterval(timer)
  }, [model.isRunning, tickMs])
  return model
}
