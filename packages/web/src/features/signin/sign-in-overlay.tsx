import { lazy, Suspense } from 'react'
import { signInWait } from '#api/credentials.ts'
import { useStore } from '#store/use-store.ts'

const SignInDialog = lazy(async () => ({ default: (await import('./sign-in-dialog.tsx')).SignInDialog }))

/** Asks to sign in again over the page when the session has run out; what was asked for meanwhile goes on after it. */
export function SignInOverlay() {
  const isNeeded = useStore(signInWait) !== undefined
  return isNeeded ? (
    <Suspense>
      <SignInDialog />
    </Suspense>
  ) : null
}
