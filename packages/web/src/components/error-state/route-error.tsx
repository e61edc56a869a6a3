import { type ErrorComponentProps, useRouter } from '@tanstack/react-router'
import { ErrorState } from './error-state.tsx'

/** What is left of a page that failed as a whole. */
export function RouteError({ error, reset }: ErrorComponentProps) {
  const router = useRouter()
  const retry = async () => {
    reset()
    await router.invalidate()
  }
  return (
    <main>
      <ErrorState error={error} doing="open this page" onRetry={retry} />
    </main>
  )
}
