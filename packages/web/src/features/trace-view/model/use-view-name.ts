import { getRouteApi } from '@tanstack/react-router'
import { useTaste } from './taste.ts'
import { type TraceViewName, viewNameOf } from './view-name.ts'

const route = getRouteApi('/p/$project/traces/$trace')

/** The view that is shown. */
export function useViewName(): TraceViewName {
  const [taste] = useTaste()
  return viewNameOf(route.useSearch(), taste)
}
