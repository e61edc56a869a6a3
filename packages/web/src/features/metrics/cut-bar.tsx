import { Button } from '#components/ui/button.tsx'
import { lacksPoints, sentenceOf } from './cuts.ts'
import { coarserStep } from './steps.ts'
import type { MetricDrawing } from './use-metric-lines.ts'
import { useMetricsSearch } from './use-metrics-search.ts'

/** Says what the server left out, and offers the step with which all of it fits. */
export function CutBar({ drawing: { cuts, step, interval } }: { readonly drawing: MetricDrawing }) {
  const { change } = useMetricsSearch()
  if (cuts.length === 0) return null
  const coarser = lacksPoints(cuts) ? coarserStep(step, interval) : undefined
  const isTooMany = cuts.some(({ lacks }) => lacks.includes('series'))
  return (
    <p role="status" className="flex flex-wrap items-center gap-2 rounded-4 bg-warning-ground px-3 py-1.5 text-12">
      <span>
        {sentenceOf(cuts)}
        {isTooMany ? ' Choose labels or a group to have fewer series.' : ''}
      </span>
      {coarser ? <Button onClick={() => change({ step: coarser.text })}>Step of {coarser.text}</Button> : null}
    </p>
  )
}
