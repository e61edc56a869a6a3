import type { SkeletonDto } from '@xtrace/contract'
import { startTransition, useEffect, useMemo, useState } from 'react'
import { runInTasks } from './run-in-tasks.ts'
import { buildModel, modelSteps, type TraceModel } from './trace-model.ts'

/** How often running bars grow; large traces less often. */
const TICK_MS = 1000
const LARGE_TICK_MS = 10_000
const LARGE = 5000

/** The model of an answer, made anew every second while something runs; undefined while the first of a large one is made. */
export function useTraceModel(dto: SkeletonDto): TraceModel | undefined {
  const [nowMs, setNow] = useState(Date.now)
  const model = useBuilt(dto, Math.max(nowMs, dto.startMs))
  const isRunning = model?.isRunning ?? false
  const tickMs = dto.nodes.id.length > LARGE ? LARGE_TICK_MS : TICK_MS
  useEffect(() => {
    if (!isRunning) return undefined
    const timer = setInterval(() => {
      if (!document.hidden) setNow(Date.now())
    }, tickMs)
    return () => clearInterval(timer)
  }, [isRunning, tickMs])
  return model
}

/** At once, but for a trace that was large when it was opened: that one in many tasks, the model before standing until then. */
function useBuilt(dto: SkeletonDto, nowMs: number): TraceModel | undefined {
  const [isLarge] = useState(dto.nodes.id.length > LARGE)
  const [built, setBuilt] = useState<TraceModel>()
  useEffect(() => {
    if (!isLarge) return undefined
    return runInTasks(modelSteps(dto, nowMs), (model) => startTransition(() => setBuilt(model)))
  }, [isLarge, dto, nowMs])
  const small = useMemo(() => (isLarge ? undefined : buildModel(dto, nowMs)), [isLarge, dto, nowMs])
  return small ?? built
}
