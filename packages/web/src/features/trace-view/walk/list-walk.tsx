import { useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useEffect } from 'react'
import { MOST_AHEAD } from '#api/read-ahead.ts'
import { skeletonQuery } from '#api/trace.ts'
import { Button } from '#components/ui/button.tsx'
import { Tooltip } from '#components/ui/tooltip.tsx'
import { useKeys } from '#keys/use-keys.ts'
import { UNKNOWN } from '#lib/format/digits.ts'
import { formatCount } from '#lib/format/figures.ts'
import { useListWalk } from './use-list-walk.ts'

const route = getRouteApi('/p/$project/traces/$trace')

/** `‹ 4 of 312 ›`: to the neighbours in the list that the trace was opened from. */
export function ListWalk() {
  const walk = useListWalk()
  if (!walk) return null
  const { place, total, isEstimate, previous, next, go } = walk
  return (
    <nav aria-label="The list that it was opened from" className="flex items-center">
      <Tooltip text="The one before in its list" keys="[">
        <Button kind="quiet" isIcon aria-label="Previous in the list" disabled={!previous} onClick={() => go(previous)}>
          <ChevronLeft size={16} strokeWidth={1.5} />
        </Button>
      </Tooltip>
      <span className="tabular whitespace-nowrap text-12 text-text-2">
        {place === undefined ? UNKNOWN : formatCount(place)} of {formatCount(total, { isEstimate })}
      </span>
      <Tooltip text="The next one in its list" keys="]">
        <Button kind="quiet" isIcon aria-label="Next in the list" disabled={!next} onClick={() => go(next)}>
          <ChevronRight size={16} strokeWidth={1.5} />
        </Button>
      </Tooltip>
    </nav>
  )
}

const REST_MS = 300

/** The keys of the walk, alive also while a trace is being read; the neighbours are read beforehand. */
export function ListWalkKeys() {
  const walk = useListWalk()
  const { project } = route.useParams()
  const client = useQueryClient()
  const near = [walk?.next, walk?.previous]
    .flatMap((row) => (row?.observations !== undefined && row.observations <= MOST_AHEAD ? [row.traceId] : []))
    .join(' ')
  useEffect(() => {
    if (near === '') return undefined
    const timer = setTimeout(() => {
      for (const id of near.split(' ')) void client.prefetchQuery(skeletonQuery(project, id))
    }, REST_MS)
    return () => clearTimeout(timer)
  }, [client, project, near])
  useKeys('Trace', [
    { keys: '[', label: 'Previous in the list', run: () => walk?.go(walk.previous) },
    { keys: ']', label: 'Next in the list', run: () => walk?.go(walk.next) },
  ])
  return null
}
