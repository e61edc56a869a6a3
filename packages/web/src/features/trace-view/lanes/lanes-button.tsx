import { clsx } from 'clsx'
import { ChartSpline } from 'lucide-react'
import { lazy, Suspense } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Popover } from '#components/ui/popover.tsx'
import { SkeletonRows } from '#components/ui/skeleton.tsx'
import { useTraceSearch } from '#features/trace-view/model/use-trace-search.ts'

const LaneList = lazy(async () => ({ default: (await import('./lane-list.tsx')).LaneList }))

/** Which metrics are drawn under the waterfall. */
export function LanesButton() {
  const { lanes = [] } = useTraceSearch()
  return (
    <Popover
      label="Metrics under the waterfall"
      align="end"
      className="w-72"
      trigger={
        <Button
          kind="quiet"
          aria-label="Metrics under the waterfall"
          title="Metrics under the waterfall"
          className={clsx('text-12!', lanes.length > 0 && 'bg-selected! text-accent!')}
        >
          <ChartSpline size={14} strokeWidth={1.5} /> Metrics
        </Button>
      }
    >
      <Suspense fallback={<SkeletonRows count={3} height={28} />}>
        <LaneList />
      </Suspense>
    </Popover>
  )
}
