import { useQueries } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useMemo } from 'react'
import { skeletonQuery } from '#api/trace.ts'
import { EmptyState } from '#components/empty-state/empty-state.tsx'
import { ErrorState } from '#components/error-state/error-state.tsx'
import { Page } from '#components/page/page.tsx'
import { SkeletonRows } from '#components/ui/skeleton.tsx'
import { compareTraces } from '#lib/trace/compare.ts'
import { readSkeleton } from '#lib/trace/read-skeleton.ts'
import { buildTree } from '#lib/trace/tree.ts'
import { useProject } from '#project/use-project.ts'
import { ComparePayloads } from './compare-payloads.tsx'
import { sideOfId } from './compared-side.ts'
import { ComparedTraces } from './compared-traces.tsx'
import { type ComparedPlace, parsePlace } from './place.ts'

const route = getRouteApi('/p/$project/compare')

/** Two traces, or two observations, beside each other. */
export function ComparePage() {
  const { a, b } = route.useSearch()
  const [one, other] = [parsePlace(a), parsePlace(b)]
  return (
    <Page title="Compare">
      {!one || !other ? (
        <EmptyState
          title="Nothing to compare yet"
          text="In a trace press m on one row and m again on another, here or in the next trace, or choose Compare from the menu of each."
        />
      ) : one.observation && other.observation ? (
        <ComparePayloads
          a={sideOfId(one.observation)}
          b={sideOfId(other.observation)}
          titles={[one.text, other.text]}
        />
      ) : (
        <TracesOf a={one} b={other} />
      )}
    </Page>
  )
}

function TracesOf({ a, b }: { readonly a: ComparedPlace; readonly b: ComparedPlace }) {
  const { project } = useProject()
  const [first, second] = useQueries({
    queries: [skeletonQuery(project.id, a.trace), skeletonQuery(project.id, b.trace)],
  })
  const compared = useMemo(() => {
    if (!first.data || !second.data) return undefined
    const nowMs = Date.now()
    const trees = [
      buildTree(readSkeleton(first.data), { nowMs }),
      buildTree(readSkeleton(second.data), { nowMs }),
    ] as const
    return { trees, rows: compareTraces(...trees), names: [first.data.trace.name, second.data.trace.name] as const }
  }, [first.data, second.data])
  const error = first.error ?? second.error
  if (error) return <ErrorState error={error} doing="read the traces" />
  if (!compared) return <SkeletonRows count={20} height={26} />
  return <ComparedTraces {...compared} ids={[a.trace, b.trace]} />
}
