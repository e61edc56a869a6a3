import { getRouteApi } from '@tanstack/react-router'
import { Page } from '#components/page/page.tsx'

const route = getRouteApi('/p/$project/compare')

/** Two traces, or two observations, beside each other. */
export function ComparePage() {
  const { a, b } = route.useSearch()
  return (
    <Page title="Compare" scrolls>
      <p className="p-6 text-text-2">
        {a ?? 'nothing'} and {b ?? 'nothing'}
      </p>
    </Page>
  )
}
